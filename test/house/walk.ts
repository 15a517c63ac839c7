import type { SyntaxNode } from './source.js';

/** Visits a node and all below it, parents first; `above` lists the ancestors, the nearest last. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, above: readonly SyntaxNode[]) => void,
  above: readonly SyntaxNode[] = [],
): void {
  visit(node, above);
  const below = [...above, node];
  for (const child of childrenOf(node)) walk(child, visit, below);
}

/** The nodes directly below a node, in source order. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flatMap((value) =>
    (Array.isArray(value) ? value : [value]).filter(isNode),
  );
}

/** `a.b` for a member of plain names, the name of an identifier, otherwise undefined. */
export function dotted(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier') return node['name'] as string;
  if (node.type !== 'MemberExpression' || node['computed'] === true) return undefined;
  const [object, property] = [dotted(node['object']), dotted(node['property'])];
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string'
  );
}
