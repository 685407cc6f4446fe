import { Misuse } from '@holdfast/errors';
import type { AsyncFunction } from './whole-call.js';

/**
 * Decorates a method that returns a promise; its type, name and length are kept. For standard decorators, and for those of
 * `experimentalDecorators`.
 */
export interface ResilientMethod {
  <Method extends AsyncFunction>(method: Method, context: ClassMethodDecoratorContext): Method;
  <Method extends AsyncFunction>(
    prototype: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): TypedPropertyDescriptor<Method>;
}

/** What a method is replaced by. */
type Replacing = (operation: string, method: AsyncFunction) => AsyncFunction;

type Descriptor = TypedPropertyDescriptor<AsyncFunction>;

/**
 * A decorator of public, named methods of instances, in both forms that TypeScript knows: the standard one is given the
 * method and its context, the one of `experimentalDecorators` the prototype, the key and the property's descriptor.
 */
export function methodDecorator(replacing: Replacing): ResilientMethod {
  const decorate = (
    target: AsyncFunction | object,
    context: ClassMethodDecoratorContext | string | symbol,
    descriptor?: Descriptor,
  ): AsyncFunction | Descriptor => {
    if (typeof context === 'object') return replacing(operationOf(context), target as AsyncFunction);
    const operation = named(context);
    if (typeof target === 'function') throw ofInstances(operation);
    if (typeof descriptor?.value !== 'function') throw ofMethods(operation, 'no method');
    return { ...descriptor, value: replacing(operation, descriptor.value) };
  };
  return decorate as ResilientMethod;
}

/** Gives a function the name and the length of the one that it stands for. */
export function inTheShapeOf<Fn extends AsyncFunction>(
  original: Fn,
  replacing: (...args: unknown[]) => Promise<unknown>,
): Fn {
  Object.defineProperty(replacing, 'name', { value: original.name, configurable: true });
  Object.defineProperty(replacing, 'length', { value: original.length, configurable: true });
  return replacing as AsyncFunction as Fn;
}

function operationOf(context: ClassMethodDecoratorContext): string {
  const name = String(context.name);
  if (context.kind !== 'method') throw ofMethods(name, `a ${String(context.kind)}`);
  if (context.static) throw ofInstances(name);
  if (context.private) throw new Misuse(`apply() decorates public methods, and ${name} is private.`);
  return named(context.name);
}

function named(name: string | symbol): string {
  if (typeof name === 'string') return name;
  throw new Misuse(`apply() needs a name to report under, and ${String(name)} has none: use wrap().`);
}

function ofMethods(name: string, what: string): Misuse {
  return new Misuse(`apply() decorates methods, and ${name} is ${what}.`);
}

function ofInstances(name: string): Misuse {
  return new Misuse(`apply() decorates methods of instances, and ${name} is static: use wrap().`);
}
