import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Series } from './series.js';

/** What an expression gives: a number, or lines with these labels. */
export interface Shape {
  readonly isScalar: boolean;
  readonly isRange: boolean;
  /** It counts since the start of a process, so that nothing can be read from it but its rate. */
  readonly isCount: boolean;
  /** Of the buckets of a histogram. */
  readonly isOfBuckets: boolean;
  readonly labels: ReadonlySet<string>;
}

/** The values of labels that have no others. */
const closedLabels = new Map([
  ['success', ['true', 'false']],
  ['reason', ['attempts', 'deadline', 'budget', 'signal', 'committed']],
  ['verdict', ['committed', 'not-committed', 'unknown']],
  ['state', ['closed', 'open', 'half-open', 'isolated', 'idle', 'used']],
  ['from', ['closed', 'open', 'half-open', 'isolated']],
  ['to', ['closed', 'open', 'half-open', 'isolated']],
  ['answer', ['hit', 'negative', 'stale', 'miss', 'joined']],
  ['outcome', ['suspended', 'delivered', 'failed', 'late', 'expired', 'refused']],
  ['alertstate', ['pending', 'firing']],
]);

const scalar: Shape = { isScalar: true, isRange: false, isCount: false, isOfBuckets: false, labels: new Set() };

/**
 * Evaluates an expression as far as that goes without data. Throws where it would give nothing, or nonsense: unknown names,
 * labels and values, counts that are not rated, gauges that are, quantiles of what is no histogram, and lines that are
 * matched with lines of other labels.
 */
export function expressionShape(text: string, series: ReadonlyMap<string, Series>): Shape {
  const wrong = (why: string, node: SyntaxNode): never => {
    throw new Error(`${why}: ${text.slice(node.from, node.to)}\nin ${text}`);
  };
  const textOf = (node: SyntaxNode): string => text.slice(node.from, node.to);

  function shapeOf(node: SyntaxNode): Shape {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return scalar;
      case 'ParenExpr':
        return shapeOf(only(node));
      case 'OffsetExpr': // The grammar lets it end all that stands before it, Prometheus only a selector.
        return /Selector$/.test(only(node).name) ? shapeOf(only(node)) : wrong('Put what is offset in brackets', node);
      case 'VectorSelector':
        return selected(node);
      case 'MatrixSelector':
        return { ...shapeOf(only(node)), isRange: true };
      case 'FunctionCall':
        return called(node);
      case 'AggregateExpr':
        return aggregated(node);
      case 'BinaryExpr':
        return combined(node);
      default:
        return wrong(`There is no rule for ${node.name}`, node);
    }
  }

  function only(node: SyntaxNode): SyntaxNode {
    return node.firstChild ?? wrong('It is empty', node);
  }

  function selected(node: SyntaxNode): Shape {
    const name = node.getChild('Identifier') ?? wrong('It selects by no name', node);
    const found = series.get(textOf(name)) ?? wrong('No such series', name);
    for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
      const label = textOf(matcher.getChild('LabelName')!);
      if (!found.labels.includes(label)) wrong(`${textOf(name)} has no label ${label}`, matcher);
      const values = textOf(matcher.getChild('StringLiteral')!).slice(1, -1).split('|');
      const closed = closedLabels.get(label);
      const unknown = values.find((value) => closed !== undefined && !closed.includes(value));
      if (unknown !== undefined) wrong(`${label} is never ${unknown}`, matcher);
    }
    const isOfBuckets = found.kind === 'bucket';
    const isCount = isOfBuckets || found.kind === 'counter';
    return { isScalar: false, isRange: false, isCount, isOfBuckets, labels: new Set(found.labels) };
  }

  function called(node: SyntaxNode): Shape {
    const name = textOf(node.getChild('FunctionIdentifier')!);
    const shapes = argumentsOf(node).map(shapeOf);
    const last = shapes.at(-1) ?? wrong('It has no arguments', node);
    switch (name) {
      case 'rate':
      case 'increase':
        if (!last.isRange || !last.isCount) wrong(`${name} of no counter`, node);
        return { ...last, isCount: false, isRange: false };
      case 'histogram_quantile':
        if (!last.isOfBuckets) wrong('A quantile of no buckets', node);
        return { ...last, isOfBuckets: false, labels: new Set([...last.labels].filter((label) => label !== 'le')) };
      case 'scalar':
        if (last.isScalar || last.isCount) wrong('No number can be made of it', node);
        return scalar;
      case 'vector':
        return { ...scalar, isScalar: false };
      default:
        return wrong(`There is no rule for ${name}`, node);
    }
  }

  function argumentsOf(node: SyntaxNode): SyntaxNode[] {
    const all: SyntaxNode[] = [];
    for (let child = node.getChild('FunctionCallBody')?.firstChild ?? null; child !== null; child = child.nextSibling) {
      all.push(child);
    }
    return all;
  }

  function aggregated(node: SyntaxNode): Shape {
    const argument = shapeOf(argumentsOf(node).at(-1)!);
    if (argument.isRange || argument.isScalar) wrong('It is nothing to aggregate', node);
    if (argument.isCount) wrong('A count is aggregated before it is rated', node);
    const modifier = node.getChild('AggregateModifier');
    if (modifier?.getChild('Without')) wrong('Say by which labels, since processes get new ones', modifier);
    const by = modifier?.getChild('GroupingLabels')?.getChildren('LabelName').map(textOf) ?? [];
    const missing = by.find((label) => !argument.labels.has(label));
    if (missing !== undefined) wrong(`There is no label ${missing}`, node);
    if (argument.isOfBuckets && !by.includes('le')) wrong('Buckets are added up', node);
    return { ...argument, labels: new Set(by) };
  }

  function combined(node: SyntaxNode): Shape {
    if (node.getChild('MatchingModifierClause')) wrong('Aggregate both sides to the same labels instead', node);
    const [left, right] = [shapeOf(node.firstChild!), shapeOf(node.lastChild!)];
    const operator = textOf(node.firstChild!.nextSibling!);
    if (left.isRange || right.isRange) wrong('A range has no operators', node);
    const isOffset = node.lastChild!.getChild('OffsetExpr') !== null;
    if (operator === 'unless' && left.isCount && right.isCount && isOffset) {
      return { ...left, isCount: false }; // counts that began within the offset: nothing was before to take a rate of
    }
    if (operator === '>' && left.isCount && textOf(node.lastChild!) === '0') return left;
    if (left.isCount || right.isCount) wrong('A count is used before it is rated', node);
    if (left.isScalar) return right;
    if (right.isScalar) return left;
    const differ = left.labels.size !== right.labels.size || [...left.labels].some((label) => !right.labels.has(label));
    if (differ) wrong(`Its sides have other labels, ${[...left.labels].join()} and ${[...right.labels].join()}`, node);
    return left;
  }

  const tree = parser.parse(text);
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) wrong('It cannot be parsed', node.node);
    },
  });
  const shape = shapeOf(only(tree.topNode));
  if (shape.isRange || shape.isCount) wrong('A count is shown as it is', tree.topNode);
  return shape;
}
