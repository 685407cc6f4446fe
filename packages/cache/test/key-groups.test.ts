import { describe, expect, it } from '@jest/globals';
import { KeyGroups } from '../src/memory/key-groups.js';

const [a, b] = ['p:{t}:row:a', 'p:{t}:row:b:c'] as const;

describe('a group of keys', () => {
  it('is that of all keys of a tenant and entity, until it is ended', () => {
    const groups = new KeyGroups();
    const group = groups.join(a);
    expect(groups.join(b)).toBe(group);
    expect(groups.join('p:{u}:row:a')).not.toBe(group);
    expect(groups.join('p:{t}:user:a')).not.toBe(group);
    groups.end('p:{u}:row:*');
    expect(group.isOver).toBe(false);
    groups.end('p:{t}:row:*');
    expect(group.isOver).toBe(true);
    expect(groups.join(a)).toMatchObject({ isOver: false });
  });

  it('is forgotten with the last of its keys, and leaves the one that came after it alone', () => {
    const groups = new KeyGroups();
    const first = groups.join(a);
    groups.leave(first);
    const second = groups.join(a);
    expect(second).not.toBe(first);
    groups.end('p:{t}:row:*');
    const third = groups.join(b);
    groups.leave(second);
    expect(groups.join(a)).toBe(third);
  });
});
