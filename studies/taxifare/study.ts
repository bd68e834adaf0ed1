import { defineTableStudy, taxifareRecipe } from 'assay';
import { taxiNetwork } from './taxi-network.js';
import { taxiSources } from './taxi-sources.js';
import { COURSE_NETWORK, taxiSpace } from './taxi-space.js';

/** New York taxi fares: which network predicts a ride's fare best, in dollars of mean absolute error. */
export default defineTableStudy({
  name: 'taxifare',
  recipe: taxifareRecipe(),
  sources: taxiSources,
  space: taxiSpace,
  fit: taxiNetwork,
  defaults: COURSE_NETWORK,
  sampler: 'tpe', // on this space of 25 parameters `auto` ended anywhere from 1.79 to 1.95 after 40 trials
  pruner: 'percentile:75,warmup=24',
  trials: 40,
});
