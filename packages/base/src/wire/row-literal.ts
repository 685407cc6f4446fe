import type { ColumnShape } from '@holdfast/querier';

type Columns = readonly Pick<ColumnShape, 'property'>[];

/** Properties by name: the position of a column, or those of an embedded object. */
type Tree = Map<string, number | Tree>;

/** A row as the text of an object literal whose values are called `v0`, `v1` …; dots in properties are objects in it. */
export function rowLiteral(columns: Columns): string {
  return literal(treeOf(columns));
}

function literal(tree: Tree): string {
  const members = Array.from(tree, ([name, one]) => {
    return `${JSON.stringify(name)}: ${typeof one === 'number' ? `v${one}` : literal(one)}`;
  });
  return `{ ${members.join(', ')} }`;
}

/** The same from the values. */
export function rowOf(columns: Columns, values: readonly unknown[]): object {
  return objectOf(treeOf(columns), values);
}

function objectOf(tree: Tree, values: readonly unknown[]): object {
  const entries = Array.from(tree, ([name, one]) => [
    name,
    typeof one === 'number' ? values[one] : objectOf(one, values),
  ]);
  return Object.fromEntries(entries) as object;
}

function treeOf(columns: Columns): Tree {
  const root: Tree = new Map();
  columns.forEach(({ property }, position) => {
    const path = property.split('.');
    const name = path.pop()!;
    let tree = root;
    for (const step of path) {
      const inner = tree.get(step);
      if (inner instanceof Map) tree = inner;
      else tree.set(step, (tree = new Map()));
    }
    tree.set(name, position);
  });
  return root;
}
