declare module 'jquery' {
  interface Selection {
    html(markup: string): Selection;
    empty(): Selection;
    find(selector: string): Selection;
    each(run: (index: number, element: HTMLElement) => void): Selection;
  }
  const jquery: (selector: string | HTMLElement) => Selection;
  export default jquery;
}
