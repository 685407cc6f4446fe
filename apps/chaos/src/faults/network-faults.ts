import { type FaultProxy, startFaultProxy } from '@holdfast/testing';
import { type FaultName, NETWORK_FAULTS, type NetworkFault } from './fault-name.js';

/** Which part of all COMMITs, and of the writes that commit themselves, is hit by one of the faults. */
const SHARE_OF_EACH = 0.014;
const DELAY_MS = 40;

/** The way to the server, on which answers of commits are lost. */
export class NetworkFaults {
  readonly #proxy: FaultProxy;
  readonly #faults: readonly NetworkFault[];
  #keepalive: NodeJS.Timeout | undefined;

  private constructor(proxy: FaultProxy, faults: readonly NetworkFault[]) {
    this.#proxy = proxy;
    this.#faults = faults;
  }

  static async inFrontOf(port: number, seed: number, faults: readonly FaultName[]): Promise<NetworkFaults> {
    const proxy = await startFaultProxy({ host: '127.0.0.1', port, seed });
    return new NetworkFaults(
      proxy,
      NETWORK_FAULTS.filter((fault) => faults.includes(fault)),
    );
  }

  /** The same database by way of the faults. */
  through(url: string): string {
    return this.#proxy.through(url);
  }

  /** `keepaliveMs`: how often what is held in silence is cut off, as by a keepalive; 0 for never. */
  begin(keepaliveMs: number): void {
    if (this.#faults.length === 0) return;
    this.#proxy.storm({
      share: SHARE_OF_EACH * this.#faults.length,
      faults: this.#faults,
      at: ['commit', 'sync'],
      delayMs: DELAY_MS,
    });
    if (keepaliveMs > 0) this.#keepalive = setInterval(() => void this.#proxy.releaseHeld(), keepaliveMs);
  }

  /** Those that came between the sending of a commit and its answer, by the books of the proxy. */
  get landed(): Readonly<Partial<Record<NetworkFault, number>>> {
    const counts = this.#proxy.landed;
    return Object.fromEntries(this.#faults.map((fault) => [fault, counts[fault]]));
  }

  async end(): Promise<void> {
    clearInterval(this.#keepalive);
    await this.#proxy.close();
  }
}
