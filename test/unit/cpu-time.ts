/** Milliseconds of work of this process so far: a watchdog's clock, which goes no faster on a busy machine. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
