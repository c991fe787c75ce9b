const year2100 = 4_102_444_800;

/** Seconds since 1970 as text, in ISO; `otherwise` where that is no time. */
export function timeOf(seconds: string | undefined, otherwise: string): string {
  const given = Number(seconds);
  const inSeconds = given > year2100 ? given / 1000 : given;
  const isTime = seconds !== undefined && inSeconds > 0 && inSeconds <= year2100;
  return isTime ? new Date(inSeconds * 1000).toISOString() : otherwise;
}
