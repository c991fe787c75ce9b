/** File name of the lazily loaded panel, beside the widget on the server; put in by the build. */
declare const WASL_PANEL: string;

/** The fonts that the build copied: where they are on the server and what they cover. */
declare const WASL_FONTS: readonly { url: string; weight: string; unicodeRange: string }[];

declare module '*.css?inline' {
  const css: string;
  export default css;
}
