import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconPalette } from '@tabler/icons-react';
import type { Stage, StagePatch } from '../api/types';
import { fillOf, stageColors } from '../stages/colors';
import classes from './Settings.module.css';

type Color = StagePatch['color'];

/** The colour that a stage is shown in, or none. */
export const StageColorMenu = ({ stage, disabled, onPick }: { stage: Stage; disabled: boolean; onPick: (color: Color) => void }) => (
  <Menu position="bottom-end" disabled={disabled}>
    <Menu.Target>
      <ActionIcon variant="subtle" color="gray" disabled={disabled} aria-label={`Colour of ${stage.name}: ${stage.color ?? 'none'}`}>
        {stage.color ? <span className={classes.swatch} style={{ background: fillOf(stage) }} /> : <IconPalette size={15} aria-hidden />}
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      {[null, ...stageColors].map(color => (
        <Menu.Item
          key={color ?? 'none'}
          leftSection={<span className={classes.swatch} style={{ background: fillOf({ color }) }} />}
          rightSection={stage.color === color ? <IconCheck size={14} aria-label="chosen" /> : undefined}
          onClick={() => onPick(color as Color)}
        >
          {color ? color[0]!.toUpperCase() + color.slice(1) : 'None'}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
);
