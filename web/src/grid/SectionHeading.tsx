import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import classes from './Grid.module.css';
import type { Section } from './sections';

type Props = {
  section: Section;
  index: number;
  name: string;
  colSpan: number;
  isClosed: boolean;
  isActive: boolean;
  place: React.CSSProperties;
  onToggle: (() => void) | undefined;
};

/** The row above the rows of a group, which opens and closes them. */
export const SectionHeading = ({ section, index, name, colSpan, isClosed, isActive, place, onToggle }: Props) => {
  const Chevron = isClosed ? IconChevronRight : IconChevronDown;
  return (
    <div role="row" aria-rowindex={index + 2} aria-expanded={!isClosed} className={classes.heading} style={place}>
      <div
        role="gridcell"
        id={`${name}-${index}-0`}
        aria-colspan={colSpan}
        className={classes.headingCell}
        data-active={isActive || undefined}
        onClick={onToggle}
      >
        <Chevron size={16} aria-hidden style={{ flex: 'none' }} />
        {section.heading}
      </div>
    </div>
  );
};
