import type { KeyboardEvent } from 'react';

/** The card stands in another cell after it was moved; who moved it by keys goes on there. */
export const focusWhenThere = (id: number) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-deal="${id}"]`)?.focus());

/** Arrows go from card to card: within a column, and to the nearest card of the next column that has one. */
export const focusNext = (event: KeyboardEvent<HTMLElement>) => {
  const here = event.currentTarget;
  const cards = [...document.querySelectorAll<HTMLElement>('[data-deal]')];
  const at = here.getBoundingClientRect();
  const side = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[event.key];
  if (!side) return null;
  const [x, y] = side as [number, number];
  const ahead = cards
    .map(card => ({ card, box: card.getBoundingClientRect() }))
    .map(({ card, box }) => ({
      card,
      along: (box.left - at.left) * x + (box.top - at.top) * y,
      aside: Math.abs(x ? box.top - at.top : box.left - at.left),
    }))
    .filter(({ card, along, aside }) => card !== here && along > 4 && (x !== 0 || aside < 4))
    .sort((a, b) => a.along + a.aside - b.along - b.aside);
  return () => ahead[0]?.card.focus();
};
