import { type RefObject, useEffect, useRef } from 'react';
import classes from './Board.module.css';
import type { Target } from './useCardDrag';

/** How long a finger rests on a card before it lifts; sooner moves scroll. */
const pressFor = 300;
const slack = 9;
const edge = 34;

type Drag = { begin: (id: number) => number[]; drop: (ids: number[], target: Target | null) => void };
type Lifted = { ids: number[]; ghost: HTMLElement; over: Element | null; turned: number };

/** Cards by finger: pressed for a moment they lift and follow it, to a column, a stage's chip or the bar below. Browsers do not drag by touch alike, so this is done by hand. */
export const useTouchDrag = (frame: RefObject<HTMLElement | null>, drag: Drag, isReady: boolean) => {
  const latest = useRef(drag);
  latest.current = drag;
  useEffect(() => {
    const element = frame.current;
    if (!element || !isReady) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from: { x: number; y: number } | null = null;
    let lifted: Lifted | null = null;

    const lift = (card: HTMLElement) => {
      const ids = latest.current.begin(Number(card.dataset.deal));
      const box = card.getBoundingClientRect();
      const ghost = card.cloneNode(true) as HTMLElement;
      ghost.classList.add(classes.ghost!);
      ghost.removeAttribute('data-deal');
      ghost.setAttribute('aria-hidden', 'true');
      Object.assign(ghost.style, { width: `${Math.min(box.width, 280)}px`, left: `${box.left}px`, top: `${box.top}px` });
      document.body.append(ghost);
      lifted = { ids, ghost, over: null, turned: 0 };
      navigator.vibrate?.(12);
    };

    const mark = (next: Element | null) => {
      if (!lifted || lifted.over === next) return;
      lifted.over?.removeAttribute('data-over');
      next?.setAttribute('data-over', '');
      lifted.over = next;
    };

    const finish = (target: Target | null) => {
      clearTimeout(timer);
      from = null;
      if (!lifted) return;
      mark(null);
      lifted.ghost.remove();
      const { ids } = lifted;
      lifted = null;
      latest.current.drop(ids, target);
    };

    /** On a phone one column fills the screen: at its sides the next one comes. */
    const turn = (x: number) => {
      const side = x < edge ? -1 : x > innerWidth - edge ? 1 : 0;
      if (!lifted || side === 0 || Date.now() - lifted.turned < 600) return;
      lifted.turned = Date.now();
      element.scrollBy({ left: side * Math.min(element.clientWidth, 280), behavior: 'smooth' });
    };

    const onStart = (event: TouchEvent) => {
      const target = event.target as Element;
      const card = target.closest<HTMLElement>('[data-deal]');
      const touch = event.touches[0];
      clearTimeout(timer);
      if (!card || !touch || event.touches.length > 1 || target.closest('button, a, input')) return;
      from = { x: touch.clientX, y: touch.clientY };
      timer = setTimeout(() => lift(card), pressFor);
    };
    const onMove = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!from || !touch) return;
      const [x, y] = [touch.clientX - from.x, touch.clientY - from.y];
      if (!lifted) {
        if (Math.hypot(x, y) > slack) clearTimeout(timer);
        return;
      }
      event.preventDefault();
      lifted.ghost.style.transform = `translate(${x}px, ${y}px) rotate(1.5deg)`;
      const under = document.elementFromPoint(touch.clientX, touch.clientY);
      mark(under?.closest('[data-what], [data-chip], [data-stage]') ?? null);
      turn(touch.clientX);
    };
    const onEnd = (event: TouchEvent) => {
      if (lifted) event.preventDefault();
      finish(lifted?.over ? targetOf(lifted.over as HTMLElement) : null);
    };
    const onCancel = () => finish(null);
    // The browser's own long press would start a drag of its own, or open a menu.
    const own = (event: Event) => {
      if (from) event.preventDefault();
      if (from && event.type === 'dragstart') event.stopPropagation();
    };

    element.addEventListener('touchstart', onStart, { passive: true });
    element.addEventListener('touchmove', onMove, { passive: false });
    element.addEventListener('touchend', onEnd);
    element.addEventListener('touchcancel', onCancel);
    element.addEventListener('dragstart', own, { capture: true });
    element.addEventListener('contextmenu', own);
    return () => {
      finish(null);
      element.removeEventListener('touchstart', onStart);
      element.removeEventListener('touchmove', onMove);
      element.removeEventListener('touchend', onEnd);
      element.removeEventListener('touchcancel', onCancel);
      element.removeEventListener('dragstart', own, { capture: true });
      element.removeEventListener('contextmenu', own);
    };
  }, [frame, isReady]);
};

const targetOf = ({ dataset }: HTMLElement): Target =>
  dataset.what
    ? { kind: 'bar', what: dataset.what as 'won' | 'lost' | 'delete' | 'move' }
    : { kind: 'stage', stageId: Number(dataset.chip ?? dataset.stage) };
