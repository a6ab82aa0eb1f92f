import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  parseThemeColor,
  rem,
  type VariantColorsResolver,
} from '@mantine/core';

/** The river's blue-green: the one brand colour. Index 7 and 8 carry white text at more than 4.5:1. */
const river: MantineColorsTuple = [
  '#e3fafc',
  '#c5f1f5',
  '#98e2ea',
  '#66d0dc',
  '#36b9c8',
  '#1aa2b3',
  '#0f8a9b',
  '#0b7285',
  '#095f70',
  '#064a58',
];

/** Greys of the dark theme, in the hue of the light one. */
const dark: MantineColorsTuple = [
  '#e9eef3',
  '#c9d3dd',
  '#a3b1bf',
  '#74818e',
  '#3a4754',
  '#313d4a',
  '#232d38',
  '#1a222b',
  '#141b22',
  '#10161c',
];

/** The library paints "light" with a shade as that shade alone, ground and text alike; here it is a tint with text to be read on it. */
export const variantColors: VariantColorsResolver = input => {
  const found = defaultVariantColorsResolver(input);
  const { isThemeColor, shade, color } = parseThemeColor({ color: input.color || input.theme.primaryColor, theme: input.theme });
  if (input.variant !== 'light' || !isThemeColor || shade === undefined) return found;
  const tint = (percent: number) => `color-mix(in srgb, var(--mantine-color-${color}-6) ${percent}%, transparent)`;
  return {
    ...found,
    background: tint(12),
    hover: tint(20),
    color: `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-2))`,
  };
};

export const theme = createTheme({
  variantColorResolver: variantColors,
  primaryColor: 'river',
  primaryShade: { light: 7, dark: 7 },
  colors: { river, dark },
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  fontSizes: { xs: rem(12), sm: rem(13.5), md: rem(15), lg: rem(17), xl: rem(20) },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: rem(24) }, h2: { fontSize: rem(19) }, h3: { fontSize: rem(16) } } },
  components: {
    // The library's own shades of red, green and yellow are too pale for words on their pale ground.
    Alert: { styles: { title: { color: 'var(--t-text)' } } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    // What a mouse is told, the Tab key is told too (WCAG 1.4.13; Escape closes it).
    Tooltip: {
      defaultProps: { openDelay: 350, withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: false } },
    },
    Modal: { defaultProps: { centered: true, overlayProps: { blur: 2, backgroundOpacity: 0.35 } } },
    Menu: { defaultProps: { shadow: 'md' } },
  },
});
