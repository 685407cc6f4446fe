// `npm run check:planted`: does each rule notice what it is there for? In copies of the tree one violation is planted for each
// rule; the check must report that rule there, and no other.
import path from 'node:path';
import { buildPackages } from './build.mjs';
import { inTurn } from './in-turn.mjs';
import { plantedAttw } from './planted/attw.mjs';
import { plantedDependencyCruiser } from './planted/dependency-cruiser.mjs';
import { plantedEslint } from './planted/eslint.mjs';
import { plantedInstall } from './planted/install.mjs';
import { plantedKnip } from './planted/knip.mjs';
import { plantedNewDomain } from './planted/new-domain.mjs';
import { plantedPrettier } from './planted/prettier.mjs';
import { plantedPublint } from './planted/publint.mjs';
import { plantedSeeds } from './planted/seeds.mjs';
import { plantedStatements } from './planted/statements.mjs';
import { plantedTypecheck } from './planted/typecheck.mjs';
import { plantedTree } from './planted/tree.mjs';
import { packAll } from './tarballs.mjs';
import { publishedPackages, workspacePackages } from './workspace.mjs';

const AT_ONCE = 2;
const root = path.resolve(import.meta.dirname, '../..');
// Those that take longest first: the last one has nothing beside it.
const all = [
  plantedNewDomain,
  plantedInstall,
  plantedEslint,
  plantedDependencyCruiser,
  plantedTypecheck,
  plantedKnip,
  plantedStatements,
  plantedPrettier,
  plantedSeeds,
  plantedPublint,
  plantedAttw,
].filter(({ check }) => process.argv.length === 2 || process.argv.slice(2).includes(check.name));

let passed = 0;
let failed = 0;

function verdict(check, title, complaint) {
  if (complaint === null) passed += 1;
  else failed += 1;
  console.log(
    `${complaint === null ? '✓' : '✗'} ${check.name.padEnd(20)} ${title}${complaint === null ? '' : `: ${complaint}`}`,
  );
}

/** Building needs the repository itself; the copies take over what it made. */
const needsBuild = [plantedInstall, plantedPublint, plantedAttw];

/** The problems that a check finds in a copy of the tree, or of what it needs of it, with these plants. */
async function problemsOf({ check, needs = null, plants }) {
  const tree = plantedTree(root, plants, needs ?? (() => true));
  const files = plants.flatMap((plant) => Object.keys(plant.files));
  let packing;
  const touched = ({ folder }) => files.some((file) => file.startsWith(`${folder}/`));
  const packed = (entry) => check.name === 'install' || touched(entry);
  // What is not planted in is looked at by `npm run check`.
  const folders = workspacePackages(tree.root)
    .filter(touched)
    .map(({ folder }) => folder);
  const tarballs = async () =>
    (await (packing ??= packAll(tree.root, publishedPackages(tree.root).filter(packed)))).packed;
  try {
    return await check.run({ root: tree.root, folders: needs === null ? folders : null, pages: files, tarballs });
  } finally {
    await packing?.then(
      ({ remove }) => remove(),
      () => {},
    );
    tree.remove();
  }
}

/** What is wrong with what was found for a plant, or null. */
function complaintAbout({ rules, files, at }, problems) {
  const places = at === undefined ? Object.keys(files) : [at];
  const found = [...new Set(problems.filter(({ file }) => places.includes(file)).map(({ rule }) => rule))];
  const missed = rules.filter((rule) => !found.includes(rule));
  const strange = found.filter((rule) => !rules.includes(rule));
  if (missed.length > 0) return `went unnoticed${found.length > 0 ? `; ${found.join(', ')} was reported` : ''}`;
  return strange.length > 0 ? `${strange.join(', ')} was reported too` : null;
}

if (all.some((planted) => needsBuild.includes(planted))) {
  await buildPackages(root).catch((error) => console.log(error.message));
}

const batches = all.flatMap((planted) =>
  [planted.plants.filter(({ alone }) => !alone), ...planted.plants.filter(({ alone }) => alone).map((plant) => [plant])]
    .filter((plants) => plants.length > 0)
    .map((plants) => ({ ...planted, plants })),
);

await inTurn(batches, AT_ONCE, async (batch) => {
  const { check, plants } = batch;
  const started = performance.now();
  let problems;
  try {
    problems = await problemsOf(batch);
  } catch (error) {
    verdict(check, 'runs on the planted tree', error.message);
    return;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${check.name.padEnd(20)} ${seconds.padStart(5)} s for ${plants.length}`);
  for (const plant of plants) verdict(check, plant.rules.join(', '), complaintAbout(plant, problems));
});
for (const { check, required, plants } of all) {
  const planted = plants.flatMap(({ rules }) => rules);
  for (const rule of required.filter((name) => !planted.includes(name))) verdict(check, rule, 'has no plant');
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
