/** An instant in the time of China, as everywhere on the page. */
export function timeText(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} (UTC+08:00)`;
}
