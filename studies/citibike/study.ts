import { defineTableStudy } from 'assay';
import { bikeNetwork } from './bike-network.js';
import { bikeRecipe } from './bike-recipe.js';
import { bikeSources } from './bike-sources.js';
import { BLOG_NETWORK, bikeSpace } from './bike-space.js';

/** Citi Bike: which network tells a rider's birth year best, in years of mean absolute error. */
export default defineTableStudy({
  name: 'citibike',
  recipe: bikeRecipe,
  sources: bikeSources,
  space: bikeSpace,
  fit: bikeNetwork,
  defaults: BLOG_NETWORK,
  sampler: 'tpe',
  pruner: 'percentile:75,warmup=34',
  trials: 30,
});
