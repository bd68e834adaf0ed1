import type { StudySpec } from '@assay/study';

/** The intermediate values of one trial that is told to stop after so many, as a study would run it. @param data from `prepare` */
export async function reportedValues<P, D>(
  { objective, space }: StudySpec<P, D>,
  params: P,
  data: D,
  most: number,
): Promise<readonly number[]> {
  const reported: number[] = [];
  await objective({
    ...{ number: 0, params, values: space.encode(params), seed: 1, repeat: 0, data },
    gate: { run: (call) => call() },
    report: async (step, value) => {
      reported.push(value);
      return step < most ? 'keep' : 'stop';
    },
    log: () => undefined,
  });
  return reported;
}
