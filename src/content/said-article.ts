/** An approved article as it is said, with what decides how. */
export interface SaidArticle {
  text: string;
  html: string;
  /** The service that it is about. */
  service?: string | null;
  /** The matter is another body's: the article tells whose (IN-19). */
  outside?: boolean;
}
