// What piscina requires. It would require the ES module itself too, but then an error while that is linked gets lost
// behind an internal assertion of Node's.
const worker = import('./worker.js');

export = {
  load: worker.then(({ load }) => load),
  runTrial: worker.then(({ runTrial }) => runTrial),
};
