/** The colours that follow from the organisation's accent; each pair of text and ground keeps a contrast of 4.5 (WCAG AA). */
export interface Theme {
  accent: string;
  onAccent: string;
  /** The accent, darkened until it can be read as text on white and on light grey. */
  accentText: string;
}

type Rgb = readonly [number, number, number];

const channels = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = (rgb: Rgb): number => 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);

/** Contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, 1.4.3). */
export function contrast(first: string, second: string): number {
  const [light, dark] = [luminance(channels(first)), luminance(channels(second))].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

const darken = (hex: string): string =>
  `#${channels(hex)
    .map((channel) =>
      Math.floor(channel * 0.94)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

const white = '#ffffff';
/** Of white and black one always reaches 4.5; a softer dark would not on middle tones. */
const black = '#000000';
const softestGround = '#eef1f0';

/** Colours for an accent `#rrggbb`. */
export function themeOf(accent: string): Theme {
  let accentText = accent;
  while (contrast(accentText, softestGround) < 4.5) accentText = darken(accentText);
  return { accent, onAccent: contrast(accent, white) >= 4.5 ? white : black, accentText };
}
