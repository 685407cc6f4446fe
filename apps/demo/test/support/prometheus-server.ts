import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PROGRAM = 'prometheus';

/** An alert as Prometheus sees it at this moment. */
export interface SeenAlert {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
}

export interface PrometheusArgs {
  /** What to scrape, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  /** A file of rules. */
  readonly rules: string;
  readonly scrapeIntervalMs: number;
  readonly evaluationIntervalMs: number;
}

/** A real Prometheus of this test's own, on a free port of the loopback interface. */
export class PrometheusServer {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #address: string;

  private constructor(child: ChildProcess, folder: string, address: string) {
    this.#child = child;
    this.#folder = folder;
    this.#address = address;
  }

  static isInstalled(): boolean {
    return spawnSync(PROGRAM, ['--version']).status === 0;
  }

  /** Resolves when it scrapes. */
  static async start(args: PrometheusArgs): Promise<PrometheusServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-demo-prometheus-'));
    writeFileSync(path.join(folder, 'rules.yaml'), args.rules);
    // JSON is YAML.
    writeFileSync(path.join(folder, 'prometheus.yaml'), JSON.stringify(configuration(args)));
    const child = spawn(
      PROGRAM,
      [
        `--config.file=${path.join(folder, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${path.join(folder, 'data')}`,
        '--web.listen-address=127.0.0.1:0',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    try {
      const log = await untilReady(child);
      const address = `http://${/msg="Listening on" address=(127\.0\.0\.1:\d+)/.exec(log)![1]!}`;
      return new PrometheusServer(child, folder, address);
    } catch (error) {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  /** All alerts that are pending or firing. */
  async alerts(): Promise<readonly SeenAlert[]> {
    const { alerts } = await this.#get<{
      alerts: { state: SeenAlert['state']; labels: Record<string, string> }[];
    }>('alerts');
    return alerts.map(({ state, labels }) => ({ name: labels['alertname']!, state, labels }));
  }

  /** Rules that could not be evaluated, and why. */
  async brokenRules(): Promise<readonly string[]> {
    const { groups } = await this.#get<{ groups: { rules: { name: string; health: string; lastError?: string }[] }[] }>(
      'rules',
    );
    return groups
      .flatMap(({ rules }) => rules)
      .filter(({ health }) => health === 'err')
      .map(({ name, lastError }) => `${name}: ${String(lastError)}`);
  }

  /** The value of an expression now, by series; for what to say when something did not come about. */
  async query(expression: string): Promise<readonly { metric: Record<string, string>; value: number }[]> {
    const { result } = await this.#get<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
      `query?${new URLSearchParams({ query: expression }).toString()}`,
    );
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, { recursive: true });
  }

  async #get<Data>(question: string): Promise<Data> {
    const response = await fetch(`${this.#address}/api/v1/${question}`);
    const { status, data, error } = (await response.json()) as { status: string; data: Data; error?: string };
    if (status !== 'success') throw new Error(`Prometheus did not answer ${question}: ${String(error)}`);
    return data;
  }
}

function configuration({ address, scrapeIntervalMs, evaluationIntervalMs }: PrometheusArgs): object {
  return {
    global: { scrape_interval: `${scrapeIntervalMs}ms`, evaluation_interval: `${evaluationIntervalMs}ms` },
    rule_files: ['rules.yaml'],
    scrape_configs: [{ job_name: 'demo', static_configs: [{ targets: [new URL(address).host] }] }],
  };
}

/** What it has said until it serves. */
function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('Server is ready to receive web requests')) resolve(log);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`Prometheus ended: ${log}`)));
  });
}
