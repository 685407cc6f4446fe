import { everyKeyLike } from '../key/cache-key.js';

/** What is invalidated together, by the key that stands for all of it. */
export interface KeyGroup {
  /** Nothing of it is there any more. */
  readonly isOver: boolean;
}

interface Group {
  readonly name: string;
  isOver: boolean;
  members: number;
}

/** Groups of keys, for as long as anything of them is kept: to end one costs the same however much is of it. */
export class KeyGroups {
  readonly #byName = new Map<string, Group>();

  /** That of the key. Each who joins must leave. */
  join(key: string): KeyGroup {
    const name = everyKeyLike(key);
    let group = this.#byName.get(name);
    if (group === undefined) {
      group = { name, isOver: false, members: 0 };
      this.#byName.set(name, group);
    }
    group.members += 1;
    return group;
  }

  leave(left: KeyGroup): void {
    const group = left as Group;
    group.members -= 1;
    if (group.members === 0 && !group.isOver) this.#byName.delete(group.name);
  }

  /** Who joins from now on is of another one. */
  end(name: string): void {
    const group = this.#byName.get(name);
    if (group === undefined) return;
    group.isOver = true;
    this.#byName.delete(name);
  }
}
