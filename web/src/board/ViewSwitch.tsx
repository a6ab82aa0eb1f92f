import { Tooltip } from '@mantine/core';
import { IconChartDots3, IconColumns3, IconList } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './Board.module.css';

const views = [
  { key: 'board', label: 'Board', icon: IconColumns3, path: '/deals' },
  { key: 'list', label: 'List', icon: IconList, path: '/deals/list' },
  { key: 'forecast', label: 'Forecast', icon: IconChartDots3, path: '/forecast' },
] as const;

/** The same deals as board, list or forecast. */
export const ViewSwitch = ({ current, pipelineId }: { current: 'board' | 'list' | 'forecast'; pipelineId?: number }) => (
  <nav className={classes.views} aria-label="View">
    {views.map(view => (
      <Tooltip key={view.key} label={view.label}>
        <Link
          to={pipelineId ? `${view.path}?pipeline=${pipelineId}` : view.path}
          aria-current={view.key === current ? 'page' : undefined}
          aria-label={view.label}
        >
          <view.icon size={17} aria-hidden />
        </Link>
      </Tooltip>
    ))}
  </nav>
);
