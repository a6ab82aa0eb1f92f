import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { expect, it } from 'vitest';
import { theme, variantColors } from './theme';

it('a light badge of one shade has another ground than text', () => {
  const { background, color } = variantColors({ color: 'violet.9', variant: 'light', theme: mergeMantineTheme(DEFAULT_THEME, theme) });
  expect(background).toContain('violet-6');
  expect(color).toBe('light-dark(var(--mantine-color-violet-9), var(--mantine-color-violet-2))');
});
