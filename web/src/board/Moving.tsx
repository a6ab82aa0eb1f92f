import { Component, type ReactNode, type RefObject } from 'react';
import type { Board } from '../api/types';
import classes from './Board.module.css';
import { look, motions, play, type Sight } from './motion';
import { isStill } from './still';

type Props = {
  board: Board;
  /** What is shown: pipeline, order and filter. Another view is another board, not cards that move. */
  view: unknown;
  /** The board is still that of the view before. */
  isFormer: boolean;
  frame: RefObject<HTMLElement | null>;
  children: ReactNode;
};

const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** What others do to cards is seen as a motion. A class, since no hook looks at the document before React changes it. */
export class Moving extends Component<Props> {
  override getSnapshotBeforeUpdate(before: Props): Sight | null {
    const { board, view, frame } = this.props;
    if (before.board === board || before.view !== view || before.isFormer || isStill(board) || isCalm()) return null;
    return look(frame.current);
  }

  override componentDidUpdate(before: Props, _: unknown, was: Sight | null) {
    if (!was) return;
    const is = look(this.props.frame.current);
    play(motions(before.board, this.props.board, was, is), was, is, classes.moving!);
  }

  override render() {
    return this.props.children;
  }
}
