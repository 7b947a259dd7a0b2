// The part of html-to-text's interface we use; the package brings no types.
declare module 'html-to-text' {
  export interface Selector {
    readonly selector: string;
    readonly format?: string;
    readonly options?: Readonly<Record<string, unknown>>;
  }
  export interface HtmlToTextOptions {
    readonly wordwrap?: number | false;
    readonly limits?: Readonly<Record<string, number | string>>;
    readonly selectors?: readonly Selector[];
  }
  export function convert(html: string, options?: HtmlToTextOptions): string;
}
