import { defineTableStudy } from 'assay';
import { tripNetwork } from './trip-network.js';
import { tripRecipe } from './trip-recipe.js';
import { tripSources } from './trip-sources.js';
import { COURSE_FEATURES, tripSpace } from './trip-space.js';

/** New York green taxis: which network predicts a trip's duration best, in minutes of root mean squared error. */
export default defineTableStudy({
  name: 'green-taxi',
  metric: 'rmse',
  recipe: tripRecipe,
  sources: tripSources,
  space: tripSpace,
  fit: tripNetwork,
  defaults: COURSE_FEATURES,
  sampler: 'tpe',
  pruner: 'percentile:75,warmup=20',
  trials: 30,
});
