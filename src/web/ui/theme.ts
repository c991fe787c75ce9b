import { createTheme, type MantineColorsTuple } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { createElement } from 'react';

const green: MantineColorsTuple = [
  '#f3fcf6',
  '#dff6e7',
  '#b8eacb',
  '#88d8ad',
  '#54c08a',
  '#25935f',
  '#1b8354',
  '#166a45',
  '#14573a',
  '#104631',
];

const gray: MantineColorsTuple = [
  '#f9fafb',
  '#f3f4f6',
  '#e5e7eb',
  '#d2d6db',
  '#9da4ae',
  '#6c737f',
  '#4d5761',
  '#384250',
  '#1f2a37',
  '#111927',
];

/** The look of the console (and later the portal): deep green, calm, dense; every text colour reaches AA on its ground. */
export const theme = createTheme({
  colors: { green, gray },
  primaryColor: 'green',
  primaryShade: 6,
  black: '#1f2a37',
  fontFamily: "'IBM Plex Sans Arabic', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: { fontFamily: "'IBM Plex Sans Arabic', system-ui, sans-serif", fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 120 } },
      styles: { title: { fontWeight: 600 } },
    },
    // Within the page's landmarks, and with nothing but items inside, as assistive technology expects of a menu.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false, menuItemTabIndex: 0 } },
    Drawer: { styles: { title: { fontWeight: 600 } } },
    NativeSelect: { defaultProps: { rightSection: createElement(ChevronDown, { size: 15, 'aria-hidden': true }) } },
  },
});
