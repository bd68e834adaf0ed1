/**
 * Remembers, for each key, what was worked out last and from what. A speed-up alone: the inputs must be all that the result
 * depends on besides the key, and neither may change, so what is remembered is what would be worked out again.
 */
export function rememberLast<Key extends object, Value>(): (
  key: Key,
  inputs: readonly unknown[],
  workOut: () => Value,
) => Value {
  const memory = new WeakMap<Key, { readonly inputs: readonly unknown[]; readonly value: Value }>();
  return (key, inputs, workOut) => {
    const known = memory.get(key);
    if (known?.inputs.length === inputs.length && inputs.every((input, i) => input === known.inputs[i]))
      return known.value;
    const value = workOut();
    memory.set(key, { inputs, value });
    return value;
  };
}
