// Node's environment, which leaves nothing switched on in the worker for the files that come after.
import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

/** Those in use since a file began. Modules of Node are the same for all files of a worker. */
const used = new Set();

for (const way of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[way];
  AsyncLocalStorage.prototype[way] = function (...args) {
    used.add(this);
    return original.apply(this, args);
  };
}

export default class extends TestEnvironment {
  // Each that was ever used makes every promise of its process dearer, and each file has modules, and storages, of its own.
  async teardown() {
    await super.teardown();
    for (const storage of used) storage.disable();
    used.clear();
  }
}
