const most = 60;

/** A text of a request as an error message shows it: never longer than a line. */
export function shown(text: string): string {
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
}
