let hasWarned = false;

/** Says once per process that connections are closed because of settings; returns why this one is. */
export function settingChanged(what: string): string {
  if (!hasWarned) {
    hasWarned = true;
    process.emitWarning(
      `A connection was changed for good by whoever used it (${what}), and is closed instead of handed on to somebody ` +
        'who knows nothing of it. SET LOCAL within a transaction ends with it; what all connections shall be set to ' +
        "belongs into the pool's onConnect, or to the role.",
      { code: 'HOLDFAST_SETTING_CHANGED' },
    );
  }
  return `its session was changed (${what})`;
}
