import type { Breach, Source, SyntaxNode } from './source.js';
import { breachAt } from './source.js';

const REEXPORTS = new Set(['ExportNamedDeclaration', 'ExportAllDeclaration']);

/** Exports without a docstring of three words or a return type, by default or wholesale. */
export function exportBreaches(source: Source): readonly Breach[] {
  return statementsOf(source).flatMap((node) => {
    if (node.type === 'ExportDefaultDeclaration') return [wrongDoor(source, node, 'default')];
    if (node.type === 'ExportAllDeclaration') return [wrongDoor(source, node, 'wholesale')];
    if (node.type !== 'ExportNamedDeclaration') return [];
    const declared = node['declaration'] as SyntaxNode | null;
    if (declared === null) return [];
    return [...undocumented(source, node, declared), ...untyped(source, declared)];
  });
}

function wrongDoor(source: Source, node: SyntaxNode, how: string): Breach {
  return breachAt(source, node.start, `an export by ${how}`, 'Export each name by its name');
}

function undocumented(source: Source, node: SyntaxNode, declared: SyntaxNode): readonly Breach[] {
  const doc = source.comments.findLast(
    ({ type, end }) => type === 'Block' && end <= node.start && onlyLineComments(source, end, node),
  );
  const words = doc?.value.startsWith('*') ? doc.value.split(/\s+/) : [];
  if (words.filter((word) => /\w/.test(word)).length >= 3) return [];
  const says = `the exported ${declaredName(declared)} has no docstring`;
  const remedy = 'Say in one to three sentences what it is: shapes, units, errors, source';
  return [breachAt(source, node.start, says, remedy)];
}

/** A lint directive may stand between a docstring and what it describes. */
function onlyLineComments(source: Source, end: number, node: SyntaxNode): boolean {
  return (
    source.text
      .slice(end, node.start)
      .replace(/^\s*\/\/.*$/gm, '')
      .trim() === ''
  );
}

function untyped(source: Source, declared: SyntaxNode): readonly Breach[] {
  const functions = [declared, ...declarators(declared)].filter(lacksReturnType);
  return functions.map((one) => {
    const says = `the exported ${declaredName(one)} does not declare what it returns`;
    return breachAt(source, one.start, says, 'Write its return type');
  });
}

function lacksReturnType(node: SyntaxNode): boolean {
  if (node.type === 'FunctionDeclaration') return node['returnType'] == null;
  if (node.type !== 'VariableDeclarator') return false;
  const init = node['init'] as SyntaxNode | null;
  const typed = (node['id'] as SyntaxNode)['typeAnnotation'] != null;
  return !typed && init?.type === 'ArrowFunctionExpression' && init['returnType'] == null;
}

function declarators(declared: SyntaxNode): readonly SyntaxNode[] {
  return (declared['declarations'] ?? []) as readonly SyntaxNode[];
}

function declaredName(declared: SyntaxNode): string {
  const named = (declarators(declared)[0] ?? declared)['id'] as SyntaxNode | null;
  return typeof named?.['name'] === 'string' ? `"${named['name']}"` : 'declaration';
}

/** A room's index that does not open with a comment, or does more than name what is public. */
export function doorBreaches(source: Source): readonly Breach[] {
  const breaches: Breach[] = [];
  if (!/^\/\/ \S+ \S+/.test(source.text)) {
    const remedy = 'Begin with // and one sentence that says what the room is for';
    breaches.push(breachAt(source, 0, 'the door has no sign', remedy));
  }
  for (const node of statementsOf(source)) {
    if (REEXPORTS.has(node.type) && node['source'] != null) continue;
    const remedy = 'A door only lists public names: move this into a file of the room';
    breaches.push(breachAt(source, node.start, 'the door does more than name names', remedy));
  }
  return breaches;
}

function statementsOf(source: Source): readonly SyntaxNode[] {
  return source.program['body'] as readonly SyntaxNode[];
}
