// window.descent: the scripting interface of Descent. Try it in the browser's console.
// Every call that can fail rejects with an Error whose message says what was wrong with which argument; a refused call
// changes nothing. Calls are carried out in the order in which they are made. Numbers on surfaces are double precision.
// tests/house/scripting.test.mjs holds these declarations against what the program sends and accepts.
// SPDX-License-Identifier: MIT

declare global {
  interface Window { readonly descent: Descent }
  const descent: Descent;
}

/** Coordinates on a surface: [x, y]. */
export type Point = [number, number];

/** A number that a person may set, as the program declares it. */
export interface ParamSpec {
  readonly name: string;
  readonly default: number;
  /** Smallest and largest value that is accepted. */
  readonly min: number;
  readonly max: number;
  /** True when its slider is logarithmic. */
  readonly log: boolean;
  /** True when only whole numbers are accepted. */
  readonly integer: boolean;
  /** The ends of its slider; typed and scripted values may lie beyond. */
  readonly slider_min: number;
  readonly slider_max: number;
  readonly doc: string;
}

export interface Info {
  /** Version of the product, "0.1.0". */
  readonly version: string;
  /** Revision the program was built from. */
  readonly build: string;
  readonly simd: 'relaxed' | 'simd128';
  /** Processor threads that training may use. */
  readonly threads: number;
  /** The program's memory in bytes, fixed at its start: 512 MB, or less where the browser grants no more. */
  readonly memory_bytes: number;
  /** The most of it that was ever in use, in bytes, data sets included. */
  readonly memory_used: number;
  /** Version of the compiler, "3.1.69". */
  readonly emscripten: string;
}

export interface SurfaceInfo {
  /** Lower snake case: "rosenbrock". */
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  /** The same as `expression` takes it; empty where there is none. */
  readonly expression: string;
  /** The source of the function. */
  readonly reference: string;
  /** The lesson that it teaches, in a sentence or two. */
  readonly lesson: string;
  /** The places where it is not differentiable, and what replaces its derivatives there; empty for smooth surfaces. */
  readonly kinks: string;
  /** [x0, x1, y0, y1], the rectangle worth showing. */
  readonly domain: [number, number, number, number];
  readonly start: Point;
  /** Known minima for the default parameters. */
  readonly minima: { readonly point: Point; readonly value: number }[];
  readonly parameters: ParamSpec[];
}

export interface OptimizerInfo {
  /** Lower snake case: "adam". */
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  readonly reference: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  readonly parameters: ParamSpec[];
  /** "gradient": usable on surfaces and on the network; the others on surfaces only. */
  readonly needs: 'gradient' | 'objective' | 'hessian';
}

/** A schedule of the learning rate: a factor on it, from the progress of the run. */
export interface ScheduleInfo {
  /** Lower snake case: "cosine". */
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  readonly reference: string;
  readonly summary: string;
  readonly parameters: ParamSpec[];
}

/** A surface: a built-in one by its name, or a formula of one's own. */
export interface SurfaceChoice {
  /** One of descent.surfaces(), or "expression" beside a formula. */
  surface?: string;
  /**
   * A formula f(x, y), for example "a*x^2 + b*y^2": + - * / ^ (right associative, before a sign: -x^2 = -(x^2)),
   * parentheses, numbers, pi, e, and sin cos tan asin acos atan atan2 sinh cosh tanh exp log log2 log10 sqrt abs min max
   * sigmoid relu gaussian (u => exp(-u^2)) hypot cot sec csc. Any other name is a parameter. At most 4096 characters.
   * What people write besides is read too: 2xy, 2(x+1), sin 2x, sin²x, |x|, x1 and x2, f(x, y) = …, np.sin, x², ·, −, π,
   * √, and LaTeX such as \frac{x}{2}; expression() tells how. Outside a function's domain the value is null.
   */
  expression?: string;
  /** [x0, x1, y0, y1], the rectangle worth showing of an expression; -5 … 5 when absent. */
  domain?: [number, number, number, number];
  /** Parameters by name; missing ones take their defaults, those of an expression 1. */
  parameters?: Record<string, number>;
}

/** How a formula was refused: error.column is where, in characters from 1, for a caret. */
export interface ExpressionError extends Error {
  readonly column?: number;
}

export interface ExpressionInfo {
  readonly expression: string;
  /** The formula with every sign, as it was understood: "2·x·sin(y)²" for "2x sin²y". A formula itself, the same one. */
  readonly reading: string;
  /** Those of the formula, in order of appearance. */
  readonly parameters: ParamSpec[];
  /** A point of the domain with a finite value and a slope. */
  readonly start: Point;
  /** Found in the domain, at most 512, the lowest first; narrow ones may be missed. */
  readonly minima: { readonly point: Point; readonly value: number }[];
  /** The search came upon more than it lists. */
  readonly more_minima: boolean;
  /** Functions in it that are not smooth everywhere; what can never reach its kink is left out. */
  readonly nonsmooth: {
    /** "abs". */
    readonly function: string;
    /** "abs(x - 1)". */
    readonly text: string;
    /** The place of the kink, and what stands for the derivative there. */
    readonly sentence: string;
    /** Only when a point was given: whether it is on this kink. */
    readonly here?: boolean;
  }[];
  /** Sentences about what was read in one of several ways, and about names that are probably not meant. */
  readonly notes: string[];
  /** Nodes of its graph. */
  readonly nodes: number;
}

/** One step of the computation. Numbers that are not finite are null. */
export interface GraphNode {
  /** "constant", "variable", "parameter", "add", "multiply", "sin", … */
  readonly operation: string;
  /** The subexpression as it stands in the formula: characters [begin, end). */
  readonly text: string;
  readonly begin: number;
  readonly end: number;
  /** Indices of earlier nodes. */
  readonly inputs: number[];
  readonly value: number | null;
  /** ∂f/∂node, from the backward pass. */
  readonly adjoint: number | null;
  /** ∂node/∂input, one for each input. */
  readonly partials: (number | null)[];
  /** ∂node/∂x and ∂node/∂y, from forward mode. */
  readonly tangent: [number | null, number | null];
  readonly at_kink: boolean;
}

/** The chain rule at a point, node by node; the last node is f. */
export interface ExpressionGraph {
  readonly expression: string;
  readonly value: number | null;
  readonly nodes: GraphNode[];
  /** The gradient three ways. */
  readonly gradient: { readonly reverse: Point; readonly forward: Point; readonly difference: Point };
  /** Steps of the central difference in x and y. */
  readonly step: Point;
  /** Largest difference from reverse mode, relative to max(1, |∂f|). */
  readonly disagreement: { readonly forward: number | null; readonly difference: number | null };
  readonly parameter_gradient: Record<string, number | null>;
}

/**
 * Numbers that are not finite, as in a hole of the surface, are null, and so are derivatives that do not exist: x^y at
 * (-2, 2) has the gradient [-4, null].
 */
export interface LocalModel {
  readonly value: number;
  readonly gradient: Point;
  /** (2, 2), row by row. */
  readonly hessian: [Point, Point];
  /** The Hessian's eigenvalues, ascending. */
  readonly eigenvalues: [number, number];
  /** eigenvectors[k] belongs to eigenvalues[k]; unit length. */
  readonly eigenvectors: [Point, Point];
  /**
   * "valley" and "ridge" also where there is still a slope along them. "kink" where value and gradient are finite and
   * there is no curvature: there the Hessian is null and the gradient a choice, which `kinks` states.
   */
  readonly kind: 'minimum' | 'maximum' | 'saddle' | 'flat' | 'valley' | 'ridge' | 'slope' | 'kink' | 'unknown';
  /** What is not smooth at this point, and what stands for its slope; empty where all derivatives exist. */
  readonly kinks: string;
  /** How the formula was understood, where it was not taken as it stands: "2·x·y" for "2xy". */
  readonly reading?: string;
  /** The step to the stationary point of the local quadratic model; null where the Hessian is singular. */
  readonly newton_step: [number | null, number | null];
}

export interface DescendArguments extends SurfaceChoice {
  /** One of descent.optimizers(). */
  optimizer: string;
  hyperparameters?: Record<string, number>;
  start: Point;
  /** 0 … 1,000,000; a schedule is laid out for as many. */
  steps: number;
  /** Of the noise; 0 … 2^53 − 1. */
  seed?: number;
  /** Standard deviation of Gaussian noise on each gradient component, 0 … 1e6; default 0. */
  noise?: number;
  /** Of the learning rate: one of descent.schedules(), 'constant' when absent. */
  schedule?: string;
  schedule_parameters?: Record<string, number>;
}

export interface Trajectory {
  /** 2 (n + 1) numbers: x0, y0, x1, y1, …; index 0 is the start. */
  readonly points: Float64Array;
  /** n + 1 values of the surface. */
  readonly losses: Float64Array;
  readonly status: 'converged' | 'diverged' | 'stopped';
  /** n: as many as asked for, unless the run diverged. */
  readonly steps: number;
  /** A sentence when it diverged or left the formula's domain, else empty or what the run ended with. */
  readonly reason: string;
}

export interface SampleArguments extends SurfaceChoice {
  /** T of exp(−f/T), 0 … 1e6. At 0 the chains are gradient descent and there is no density. */
  temperature: number;
  /** η, 0 … 1000; 0.01 when absent. */
  learning_rate?: number;
  /**
   * "ula": x ← x − η∇f + √(2ηT) ξ, unadjusted (SGLD), biased by its step size; "mala": the same proposal, accepted so
   * that there is no bias. "ula" when absent.
   */
  method?: 'ula' | 'mala';
  /** Independent chains, 1 … 10,000; 100 when absent. */
  chains?: number;
  /** Steps of every chain; chains × steps is at most 50,000,000. */
  steps: number;
  /** All chains begin here; the surface's own start when absent. */
  start?: Point;
  seed?: number;
  /** Cells of the histogram along each side of the surface's domain, 2 … 256; 64 when absent. */
  bins?: number;
  /** Steps that the histogram leaves out, 0 … 100,000,000; 0 when absent. */
  burn_in?: number;
}

/**
 * Settings of the visible chains, with the limits of SampleArguments; absent ones stay. They are part of descent.state() as
 * `sampling`.
 */
export interface SamplerArguments {
  /** Temperature and learning rate are those that suit the surface. Naming one of them makes it false. */
  automatic?: boolean;
  temperature?: number;
  learning_rate?: number;
  method?: 'ula' | 'mala';
  chains?: number;
  seed?: number;
  bins?: number;
  /** Steps left out whenever a histogram begins. */
  burn_in?: number;
  /** Speed of play, 0.01 … 100,000. */
  steps_per_second?: number;
}

/** The visible chains: what descent.sample() answers without its arrays, and their configuration. */
export interface SamplerStatus extends Omit<Samples, 'histogram' | 'exact' | 'points'> {
  /** "expression" for a formula of one's own, which then stands beside it. */
  readonly surface: string;
  readonly expression?: string;
  readonly parameters: Record<string, number>;
  readonly start: Point;
  readonly temperature: number;
  readonly learning_rate: number;
  readonly method: 'ula' | 'mala';
  readonly chains: number;
  readonly seed: number;
  readonly burn_in: number;
  /** Steps that this histogram has left out so far, 0 … burn_in. */
  readonly burnt_in: number;
  readonly steps_per_second: number;
  readonly playing: boolean;
  /** At temperature 0: where the chains are, the largest gathering first, at most 8. */
  readonly gatherings: { readonly point: Point; readonly chains: number }[];
  /** Why the last command was refused; empty otherwise. */
  readonly message: string;
}

export interface Samples {
  /** bins × bins shares of the visits inside the domain, row by row from the lowest y. */
  readonly histogram: Float64Array;
  /** The exact probabilities of the same cells, conditional on being inside the domain. */
  readonly exact: Float64Array;
  /** 2 × chains: where the chains ended. */
  readonly points: Float64Array;
  /** KL(histogram‖exact) by the plug-in estimator; null without a density or a visit. */
  readonly kl: number | null;
  /** What kl would be on average for that many independent draws: (visited cells − 1) / (2 samples). */
  readonly kl_bias: number | null;
  /** The same average, exact for few draws in a cell as well. */
  readonly kl_expected: number | null;
  /** How many independent draws the correlated ones are worth, and R̂ (near 1: the chains agree); null when they cannot tell. */
  readonly effective: number | null;
  readonly r_hat: number | null;
  /** At growing numbers of samples: kl, and kl_expected. */
  readonly history: { readonly samples: number[]; readonly kl: (number | null)[]; readonly expected: (number | null)[] };
  /** Share of the proposals taken, 0 … 1; null without steps. */
  readonly acceptance: number | null;
  /** Visits in the histogram, and those outside the domain. */
  readonly samples: number;
  readonly outside: number;
  /** Chains that left the surface; then a sentence says why. */
  readonly lost: number;
  readonly reason: string;
  /** "diverged": every chain is lost. */
  readonly status: 'ready' | 'running' | 'diverged' | 'stopped';
  /** Steps of every chain. */
  readonly steps: number;
  /** [x0, x1, y0, y1], the rectangle that the histogram covers. */
  readonly domain: [number, number, number, number];
  readonly bins: number;
}

export interface RunnerArguments {
  optimizer: string;
  hyperparameters?: Record<string, number>;
  /** Colour and marker, 0 … 15; its place in the list when absent. */
  slot?: number;
  /** Of the learning rate: 'constant' (default), 'step', 'exponential', 'cosine', …; laid out for schedule_steps. */
  schedule?: string;
  schedule_parameters?: Record<string, number>;
  /** What held up to and including step `until`, ascending: how a branch is written down. An absent schedule is the one above. */
  earlier?: { until: number; hyperparameters?: Record<string, number>; schedule?: string; schedule_parameters?: Record<string, number> }[];
  /** The slot of the run that this one was branched from, -1: none. */
  branch_of?: number;
}

export interface RaceArguments extends SurfaceChoice {
  start?: Point;
  /** 0 … 16 optimizers. */
  optimizers?: RunnerArguments[];
  /** The seed of the noise, 0 … 2^53 − 1: the noise is the same at equal steps for every optimizer. */
  seed?: number;
  /** Standard deviation of Gaussian noise on each gradient component, 0 … 1e6. Step t then sees f(x) + σ ξₜ·x. */
  noise?: number;
  /** Steps that schedules are laid out for, 1 … 1,000,000; default 200. */
  schedule_steps?: number;
  /** Gradient evaluations after which a run stops, line searches included, up to 100,000,000; 0: no limit. */
  budget?: number;
  /** Speed of play, 0.01 … 100,000. */
  steps_per_second?: number;
  /** Whether play() freezes runs in trouble (default true); off, they are only named, and frozen ones go on. */
  freeze?: boolean;
}

/** What the doctor finds wrong with a run where it stands. */
export interface Diagnosis {
  /** "left_domain": the run has ended (status "diverged") where its formula is not defined, beyond an edge. */
  readonly kind: 'diverged' | 'left_domain' | 'oscillating' | 'stalled' | 'saddle';
  /** The first step of the trouble, from 1 on. */
  readonly since_step: number;
  /** "diverged at step 98: learning rate 0.3 is above 2 / λmax = 0.2 since step 1" */
  readonly sentence: string;
  /**
   * Where an oscillating run does not leave a minimum: its mean loss above that minimum, and the minimum above the
   * lowest known one, 0 when it is that one, null when none is known. Otherwise null.
   */
  readonly minimum: { readonly above: number; readonly above_best: number | null } | null;
  /**
   * Back to `step` and on with `learning_rate` or, at a saddle, moved by `push` before the next step (the other one is
   * null): tried out for trial_steps steps, which ended at trial_loss.
   */
  readonly advice: {
    readonly step: number;
    readonly learning_rate: number | null;
    readonly push: Point | null;
    readonly trial_steps: number;
    readonly trial_loss: number;
  } | null;
}

/** What an optimizer held up to and including step `until`. */
export interface EarlierSettings {
  readonly until: number;
  readonly hyperparameters: Record<string, number>;
  /** Only where it was another schedule than the run has now. */
  readonly schedule?: string;
  readonly schedule_parameters?: Record<string, number>;
}

/** An optimizer as it is configured: what RunnerArguments takes, with all hyper-parameters. */
export interface RunnerConfig {
  readonly optimizer: string;
  readonly hyperparameters: Record<string, number>;
  readonly slot: number;
  /** Absent where it is 'constant'. */
  readonly schedule?: string;
  readonly schedule_parameters?: Record<string, number>;
  /** The earlier settings of a branch, ascending. */
  readonly earlier?: EarlierSettings[];
  /** The slot of the run that this one was branched from. */
  readonly branch_of?: number;
}

export interface RunnerStatus extends RunnerConfig {
  /** Its name on the page, unique in the race: "Adam", "Adam from step 120" of a branch, "Adam, rate 0.3" beside another Adam, "Adam (2)" beside an equal one. */
  readonly title: string;
  /** "frozen": play() has stopped it because it swings, stalls or stays at a saddle (see diagnosis); let_run() lets it go on. */
  readonly status: 'ready' | 'running' | 'converged' | 'diverged' | 'stopped' | 'frozen';
  /** A sentence when the run has ended by itself or is frozen. */
  readonly reason: string;
  /** What the optimizer says of its newest step, "Restarted along the steepest descent"; empty as a rule. */
  readonly note: string;
  /** The step at which the run stands. */
  readonly step: number;
  /** Steps in its record: how far seek can go. */
  readonly recorded: number;
  /** The rate of the newest step, scheduled. */
  readonly learning_rate: number;
  /** Asked for so far, line searches included. */
  readonly gradient_evaluations: number;
  /** Hyper-parameters and schedules along the record, each with the steps made when they came into force. */
  readonly changes: { readonly step: number; readonly hyperparameters: Record<string, number>; readonly schedule: string }[];
  readonly diagnosis: Diagnosis | null;
  /** The step at which its loss came within the finish line's tolerance, up to where it stands; null: it has not arrived. */
  readonly arrived: number | null;
  /** 1 for the first; runs that are level share a place: arrived runs by that step, then the others by loss, diverged ones last. */
  readonly place: number;
  /** Newest point and the surface's value there; null where not finite. */
  readonly point: [number | null, number | null];
  readonly loss: number | null;
  /** |∇f| at the newest point; null where not finite. */
  readonly gradient_norm: number | null;
  /** Eigenvalues of the Hessian at the newest point, ascending; null where not finite. */
  readonly eigenvalues: [number | null, number | null];
  /** The kind of the newest point; see LocalModel. */
  readonly kind: LocalModel['kind'];
  /** The bound of stability, null where unknown. */
  readonly stable_learning_rate: number | null;
  /** The bound of the learning rate at the newest point, with the optimizer's memory there; null where none is known. */
  readonly stability: {
    /** null: stable at every rate. */
    readonly learning_rate: number | null;
    readonly formula: string;
    /** What the P of the formula is; empty where it has none. */
    readonly preconditioner: string;
    readonly reference: string;
    /** True where it holds for a memory that goes on changing. */
    readonly approximate: boolean;
    /** The best constant settings on the local quadratic, and the error's factor per step with them. */
    readonly optimum: {
      readonly learning_rate: number;
      readonly momentum: number | null;
      readonly factor: number;
      readonly formula: string;
      readonly reference: string;
    } | null;
  } | null;
}

export interface RaceStatus {
  readonly playing: boolean;
  /** Steps of the longest run, up to where the race stands. */
  readonly step: number;
  /** Steps of the longest record. */
  readonly recorded: number;
  readonly noise: number;
  readonly schedule_steps: number;
  readonly budget: number;
  readonly steps_per_second: number;
  readonly freeze: boolean;
  /** What the present learning rates rest on, when they come from tune(). */
  readonly tuning: Tuning | null;
  /** "expression" for a formula of one's own, which then stands beside it with its domain. */
  readonly surface: string;
  readonly expression?: string;
  readonly domain?: [number, number, number, number];
  readonly parameters: Record<string, number>;
  readonly start: Point;
  readonly seed: number;
  /**
   * f of the lowest known minimum, and how close to it a run has arrived: a ten-thousandth of the start's height above
   * it, at most a tenth of the gap to the next minimum. null where no lowest minimum is known.
   */
  readonly finish: { readonly lowest: number; readonly tolerance: number } | null;
  /** No lowest minimum is known, and f falls for ever on some way out of the domain. */
  readonly bottomless: boolean;
  /** The index of the run that arrived first; null: none has arrived. */
  readonly first: number | null;
  /** Every run has arrived or ended; play() stops there, and goes on when it is called again. */
  readonly over: boolean;
  readonly optimizers: RunnerStatus[];
  /** Why the last command was refused; empty otherwise. */
  readonly message: string;
}

export interface Tuning {
  /** Gradient evaluations of one run. */
  readonly budget: number;
  /** Smallest and largest rate tried. */
  readonly rates: [number, number];
  /** What tuning has cost, all optimizers together. */
  readonly gradient_evaluations: number;
  /** In the order of the race; learning_rate and loss are null where every run diverged. */
  readonly optimizers: {
    readonly slot: number;
    readonly optimizer: string;
    readonly learning_rate: number | null;
    /** The one before tuning. */
    readonly former_learning_rate: number;
    /** After the run with that rate. */
    readonly loss: number | null;
    /** The best rate is the smallest or the largest tried. */
    readonly at_edge: boolean;
    /** Rates tried. */
    readonly runs: number;
    readonly gradient_evaluations: number;
  }[];
}

export interface Race {
  /** What is absent stays as it is. Anything but speed and freezing starts the race anew. */
  configure(args: RaceArguments): Promise<RaceStatus>;
  /**
   * Until every run has arrived, ended or is frozen; called again where the race is over, until every run has ended.
   * Every 10 steps the doctor looks at the runs that are being computed; one that oscillates, stalls on a plateau or stays
   * at a saddle is frozen there, at the same step whatever the speed, unless `freeze` is off. step() and descend() freeze
   * nothing.
   */
  play(): Promise<RaceStatus>;
  pause(): Promise<RaceStatus>;
  /** n steps of every optimizer still running; n = 1 … 100,000, default 1. */
  step(n?: number): Promise<RaceStatus>;
  /** Takes the last n steps back, exactly; what came after is forgotten. */
  back(n?: number): Promise<RaceStatus>;
  /** Goes to any recorded step, exactly, forgetting nothing; pauses. step and play go along the record, then on. */
  seek(step: number): Promise<RaceStatus>;
  /**
   * Adds an optimizer that shares the record of `runner` (its index) up to `step` and goes on with these hyper-parameters
   * (missing ones are the parent's). Both are kept; the new one has a slot of its own.
   */
  branch(args: { runner: number; step: number; hyperparameters?: Record<string, number> }): Promise<RaceStatus>;
  /** Live: acts from the next step on, the path so far stays, a frozen run goes on. `runner` is an index; what is absent stays. */
  change(args: { runner: number; hyperparameters?: Record<string, number>; schedule?: string; schedule_parameters?: Record<string, number> }): Promise<RaceStatus>;
  /**
   * Does what the doctor offers for that optimizer (its index): back to the step before, on with the rate that was tried;
   * at a saddle the push, and a step. A push belongs to the record: reset, and in a link, the run is without it.
   */
  take_advice(runner: number): Promise<RaceStatus>;
  /** Lets a frozen run (its index) go on, first to the step of the others; it is not frozen again before it is changed or reset. */
  let_run(runner: number): Promise<RaceStatus>;
  /**
   * Finds each optimizer's best learning rate by a sweep of 121 rates from 1e-5 to 10 and applies them; the race starts
   * anew. Each run may ask for `budget` gradients (1 … 100,000; default: the race's budget, else its schedule_steps) and
   * meets the race's start, noise and schedules. The best rate ends with the lowest loss.
   */
  tune(args?: { budget?: number; signal?: AbortSignal }): Promise<Tuning>;
  /** Back to the rates before tune(); rejects once something else has been changed. */
  undo_tuning(): Promise<RaceStatus>;
  reset(): Promise<RaceStatus>;
  status(): RaceStatus;
}

/** What surveys share. Surface, start and a sweep's optimizers are those of the visible race when absent. */
export interface SurveyArguments extends SurfaceChoice {
  /** Steps of each run, 1 … 100,000, of a basin map 1 … 5000; default 200. */
  steps?: number;
  /** Steps that schedules are laid out for, 1 … 1,000,000; default: as many as `steps`. */
  schedule_steps?: number;
  /** Standard deviation of Gaussian noise on each gradient component, 0 … 1e6, the same in every run; default 0. */
  noise?: number;
  /** Of the noise; 0 … 2^53 − 1. */
  seed?: number;
  /** Cancels this call. The next call of the same kind does so too. Either way the promise rejects. */
  signal?: AbortSignal;
}

export interface SweepArguments extends SurveyArguments {
  start?: Point;
  /** 1 … 16; a name alone is enough. Learning rates are replaced. */
  optimizers?: (string | RunnerArguments | (Omit<RunnerArguments, 'optimizer'> & { name: string }))[];
  /** Smallest, largest, how many (2 … 2000), evenly spaced on a logarithmic scale; default [1e-4, 10, 121]. */
  rates?: [number, number, number];
  /** `steps` counts to target + tolerance; default a thousandth of the loss at the start above the target. */
  tolerance?: number;
  /** Gradient evaluations of each run, 1 … 100,000,000; no limit when absent. */
  budget?: number;
}

/** How a run ended: 0 still running, 1 converged, 2 stalled, 3 diverged, 4 budget used, 5 no finite value at the start. */
export type End = 0 | 1 | 2 | 3 | 4 | 5;

export interface Sweep {
  /** (count), ascending. */
  readonly rates: Float64Array;
  readonly count: number;
  /** Of each run. */
  readonly steps: number;
  /** The lowest known or found minimum's value; null when there is none. */
  readonly target: number | null;
  readonly tolerance: number | null;
  readonly optimizers: SweepCurve[];
}

/** One optimizer of a sweep; the learning rate among its hyper-parameters is the one that was replaced. */
export interface SweepCurve extends RunnerConfig {
  /** (count) after the run; of diverged runs the last finite one. */
  readonly losses: Float64Array;
  /** (count) the first step within the tolerance, -1: none. */
  readonly steps: Int32Array;
  /** (count) of End. */
  readonly status: Uint8Array;
  /** The lowest loss among the runs that did not diverge; `index` counts along `rates`. */
  readonly best: { readonly learning_rate: number; readonly loss: number; readonly index: number } | null;
  /** The stability bound at the start and where the best run ended; null where none is known. */
  readonly stable_at_start: number | null;
  readonly stable_at_best: number | null;
  readonly stability_formula: string;
  /** All runs together. */
  readonly gradient_evaluations: number;
}

export interface MapArguments extends SurveyArguments {
  optimizer: string;
  hyperparameters?: Record<string, number>;
  schedule?: string;
  schedule_parameters?: Record<string, number>;
}

/** What varies along an axis, and how far; what is absent is its slider's. */
export interface AxisArguments {
  /**
   * A hyper-parameter of the optimizer ("learning_rate"), a coordinate of the start ("start.x", "start.y"; by default over
   * the surface's domain) or a parameter of the surface, a formula's too ("surface.kappa"). What is varied is not read
   * from `hyperparameters`, `start` and `parameters`.
   */
  name: string;
  min?: number;
  max?: number;
  /** 2 … 1024, default 128. */
  count?: number;
  log?: boolean;
}

export interface HeatMapArguments extends MapArguments {
  start?: Point;
  x: AxisArguments;
  y: AxisArguments;
  /** Gradient evaluations of each run, 1 … 100,000,000; no limit when absent. */
  budget?: number;
}

export interface Axis {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly log: boolean;
  /** (count). */
  readonly values: Float64Array;
}

export interface HeatMap {
  readonly optimizer: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly width: number;
  readonly height: number;
  /** Of each run. */
  readonly steps: number;
  /** (height, width), row 0 at y.values[0]; of diverged runs the last finite one. */
  readonly losses: Float64Array;
  /** (height, width) of End. */
  readonly status: Uint8Array;
  /** The lowest loss among the runs that did not diverge; `index` counts row by row. */
  readonly best: { readonly x: number; readonly y: number; readonly loss: number; readonly index: number } | null;
}

export interface BasinArguments extends MapArguments {
  /** The rectangle of the starts; default the surface's. With an expression it is also the surface's. */
  domain?: [number, number, number, number];
  /** 2 … 2048, default 512. */
  width?: number;
  height?: number;
  /** How near a run must end, 1e-12 … 1e6; default a hundredth of the domain's larger side. */
  radius?: number;
}

export interface Basins {
  readonly optimizer: string;
  readonly domain: [number, number, number, number];
  readonly width: number;
  readonly height: number;
  /** `steps` as it was asked for. */
  readonly max_steps: number;
  readonly radius: number;
  readonly attractors: {
    readonly point: Point;
    readonly value: number;
    /** One of the surface's listed minima; the others were found. */
    readonly known: boolean;
    /** False for a saddle or a maximum. */
    readonly minimum: boolean;
  }[];
  /** (height, width), row 0 at y0: index of the attractor; 253 no value at the start, 254 unfinished, 255 diverged. */
  readonly basins: Uint8Array;
  /** (height, width): from which step on the run stays near its end; of diverged runs the steps they made. */
  readonly steps: Int32Array;
}

/** A kind of layer that a network may be made of. */
export interface LayerInfo {
  /** Lower snake case: "conv2d". */
  readonly name: string;
  readonly title: string;
  /** What comes out of it. */
  readonly formula: string;
  /** What it does and what it is good for. */
  readonly doc: string;
  /** In the order in which the program shows them; none for a layer without settings, as "relu". */
  readonly parameters: ParamSpec[];
}

/** One layer; its parameters stand beside the type: {type: 'conv2d', out_channels: 32, kernel: 3}, or under `parameters`. */
export interface LayerArguments {
  /** One of descent.network.layers(). */
  type: string;
  parameters?: Record<string, number>;
  [parameter: string]: string | number | Record<string, number> | undefined;
}

/** What a layer of a planned network makes. */
export interface PlannedLayer {
  readonly type: string;
  /** [height, width, channels]; a vector of n numbers is [1, 1, n], a flattened map keeps its extents. */
  readonly output: [number, number, number];
  /** Weights and biases. */
  readonly parameters: number;
}

export interface NetworkPlan {
  /** One for each layer, in order. */
  readonly layers: PlannedLayer[];
  /** Of all layers together. */
  readonly parameters: number;
}

export interface NetworkArguments {
  /**
   * At most 64 layers. Another architecture starts anew; so do optimizer, seed and dataset. It ends in as many outputs as
   * there are classes.
   */
  network?: LayerArguments[] | { layers: LayerArguments[] };
  optimizer?: string;
  /** Live, like schedule, batch_size, epochs and threads: the run goes on. */
  hyperparameters?: Record<string, number>;
  /**
   * Of the learning rate: 'constant' (default), 'one_cycle', 'cosine', …; laid out for `epochs`. A run that goes on after
   * those begins it anew.
   */
  schedule?: string;
  schedule_parameters?: Record<string, number>;
  /** 1 … 4096. */
  batch_size?: number;
  /** 1 … 1000. */
  epochs?: number;
  /** 0 … 2^53 − 1. */
  seed?: number;
  /** 1 … 64; 0 takes all the processor has. */
  threads?: number;
  dataset?: 'mnist' | 'procedural digits';
}

export interface Metrics {
  readonly loss: number | null;
  /** 0 … 1. */
  readonly accuracy: number | null;
}

export interface CurvePoint {
  readonly step: number;
  /** Epochs so far, fractional. */
  readonly epoch: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
}

/** A setting that was changed while the run went on: the curves before and after are of two settings. */
export interface SettingChange {
  /** Completed when it changed. */
  readonly step: number;
  readonly epoch: number;
  /** 'batch_size', 'schedule', 'schedule_parameters', 'epochs' or one of the optimizer's hyper-parameters. */
  readonly setting: string;
  /** A schedule's name; null of its parameters. */
  readonly from: number | string | null;
  readonly to: number | string | null;
}

export interface Checkpoint {
  readonly step: number;
  readonly epoch: number;
  /** Of the training curve's newest point then; null before there is one. */
  readonly loss: number | null;
}

export interface BranchArguments {
  step: number;
  optimizer?: string;
  hyperparameters?: Record<string, number>;
  batch_size?: number;
  epochs?: number;
  schedule?: string;
  schedule_parameters?: Record<string, number>;
}

export interface NetworkRun {
  readonly id: number;
  /** What tells it from the present run: "Run 3: learning rate 0.01". */
  readonly title: string;
  readonly present: boolean;
  /** It was pinned by keep(). */
  readonly kept: boolean;
  readonly state: NetworkStatus['state'];
  readonly step: number;
  readonly dataset: string;
  /** The run and the step that it began from; null: from first weights. */
  readonly branched: { readonly run: number; readonly step: number } | null;
  /** At its end. */
  readonly config: NetworkArguments;
  readonly history: NetworkStatus['history'];
}

export interface NetworkStatus {
  readonly state: 'empty' | 'ready' | 'training' | 'evaluating' | 'paused' | 'finished' | 'diverged';
  /** "MNIST" (by the files' SHA-256), "procedural digits", "your files"; empty when there is none yet. */
  readonly dataset: string;
  readonly train_count: number;
  readonly test_count: number;
  /** What the data set calls the outputs, one after the other, ascending: [0, …, 9]; EMNIST's letters are [1, …, 26]. */
  readonly class_labels: readonly number[];
  /** Rows and columns of the images are swapped as they are read. */
  readonly transposed: boolean;
  /** The run that another data set took the place of; undo_load() goes back to it. */
  readonly earlier: { readonly dataset: string; readonly outputs: number; readonly step: number } | null;
  /** Completed. */
  readonly epoch: number;
  readonly step: number;
  readonly steps_per_epoch: number;
  /** The step at which the training under way stops. */
  readonly target_step: number;
  /** The rate of the next step, scheduled. */
  readonly learning_rate: number;
  readonly images_per_second: number;
  /** Seconds spent training, pauses excluded. */
  readonly seconds: number;
  /** Seconds until target_step, estimated; null when it does not train. */
  readonly seconds_left: number | null;
  readonly train: Metrics;
  /** Over the whole test set. */
  readonly test: Metrics;
  readonly history: { readonly train: CurvePoint[]; readonly test: CurvePoint[]; readonly changes: SettingChange[] };
  /** Threads that it trains on. */
  readonly threads: number;
  /** Weights and biases. */
  readonly parameter_count: number;
  /** Bytes of the network with its optimizer and everything between its layers. */
  readonly memory_bytes: number;
  /** Why it stopped, what was refused, or how a file was read; empty otherwise. */
  readonly message: string;
  /** What is wrong with the run where it stands; null of a healthy one. */
  readonly diagnosis: TrainingDiagnosis | null;
  /** Which rates train with this network, optimizer, batch size and data set; null until found, while its workspace is open. */
  readonly rates: RateRange | null;
}

export interface TrainingDiagnosis {
  /**
   * "diverged": a number was not finite. "dead_relus": every ReLU of a layer is 0 for each of the first 128 training
   * images. "chance": no better than one answer for all images. "no_progress": the laid-out epochs will not do at this
   * pace. "overfitting": the test loss rises while the train loss falls.
   */
  readonly kind: 'diverged' | 'dead_relus' | 'chance' | 'no_progress' | 'overfitting';
  /** The first step of the trouble, as far as the curves tell. */
  readonly since_step: number;
  /** With its numbers, without a full stop. */
  readonly sentence: string;
  /** Of each ReLU layer, where the network answers at chance: units (maps, of a convolution), and how many are 0 for every image. */
  readonly relus: readonly { readonly layer: number; readonly units: number; readonly dead: number }[];
  /** Begin anew with this rate, or for so many epochs. It has been tried; null until then, and where nothing that was tried helps. */
  readonly advice: {
    readonly learning_rate: number | null;
    readonly epochs: number | null;
    /** From step 0. */
    readonly trial_steps: number;
    /** Of a rate: over the first training images, before and after the trial. Of epochs: the test loss now and then. */
    readonly loss: readonly [number, number];
    readonly sentence: string;
  } | null;
}

export interface RateRange {
  /** The largest rate that still trains; null: none that was tried does. */
  readonly largest: number | null;
  /** Of each trial, from the first weights. */
  readonly steps: number;
  /** The first ones of the training set, whose mean losses these are. */
  readonly images: number;
  readonly first_loss: number;
  /** In the order of their rates; a loss that is not finite is null. */
  readonly trials: readonly { readonly learning_rate: number; readonly loss: number | null; readonly trains: boolean }[];
}

/** One image, 28 × 28: exactly one of the two. */
export interface ImageArguments {
  /** 784 values in 0 … 1, row by row. */
  image?: Float32Array;
  /** A test image, counted from 0, of the data set that is there: nothing is fetched for it. */
  test_index?: number;
}

/** An image, and the class whose loss −log p is spoken of. */
export interface DigitArguments extends ImageArguments {
  /** One of class_labels; when absent the test label, of an image of one's own the network's answer. */
  label?: number;
}

export interface WeightArguments extends DigitArguments {
  /** As torch names it: "0.weight". */
  parameter: string;
  /** Of the element, in torch's order, counted from 0. */
  index: number;
}

export interface UnitArguments extends DigitArguments {
  /** Its place in `network`, counted from 0. */
  layer: number;
  /** [y, x, channel] in the layer's output; a vector's number i is [0, 0, i]. */
  position: readonly [number, number, number];
}

/** What a layer makes of an image, and what the loss asks of it in return. */
export interface ExplainedLayer {
  readonly type: string;
  /** [height, width, channels] of both arrays, channels innermost. */
  readonly shape: [number, number, number];
  readonly output: Float32Array;
  /** ∂loss/∂output of this image alone. The last layer's is p − y. */
  readonly delta: Float32Array;
}

/** Dropout is off, as in everything below. A loss that is not finite is null. */
export interface Explanation {
  /** The class whose loss it is: one of class_labels. */
  readonly label: number;
  readonly loss: number | null;
  /** One for each of class_labels. */
  readonly probabilities: Float32Array;
  /** In the order of `network`. */
  readonly layers: ExplainedLayer[];
  /** 784: ∂loss/∂image. */
  readonly image_delta: Float32Array;
}

/** A weight (or a bias), its gradient for one image, and its way to the newest training step. */
export interface WeightStudy {
  readonly value: number;
  /** ∂loss/∂weight of this image alone, from the backward pass. */
  readonly gradient: number;
  /** What each place of the layer's output adds to the gradient, row by row; a dense layer has one place. */
  readonly terms: Float32Array;
  /** [height, width] of `terms`. */
  readonly terms_shape: [number, number];
  /** The same gradient as a central difference of the loss, in double precision. */
  readonly difference: number;
  /** Within the difference's step a ReLU or a max-pooling switches over, so that it need not agree with the gradient. */
  readonly kink: boolean;
  /** ∂(mean loss of the newest step's batch)/∂weight, before that step; null before the first. */
  readonly batch_gradient: number | null;
  /**
   * The training images of that batch, counted from 0, and ∂(the image's loss)/∂weight of each, dropout off: without dropout
   * their mean is `batch_gradient`. Empty before the first step and for batches of more than 128.
   */
  readonly batch_images: Int32Array;
  readonly batch_gradients: Float32Array;
  /** What the optimizer remembers of the weight, by its own names; empty before the first step. */
  readonly memory: Record<string, number>;
  /** What the newest step added to the weight; null before the first. */
  readonly step: number | null;
}

/** One unit of a layer's output. */
export interface UnitStudy {
  readonly value: number;
  /** 0 where there is none. */
  readonly bias: number;
  /** Input × derivative for every input that it reads; with the bias they add up to the value, but for tanh and sigmoid. */
  readonly terms: Float32Array;
  /** Those inputs: indices into the map of the layer before (of the image for layer 0), channels innermost. */
  readonly units: Int32Array;
  /** ∂loss/∂value. */
  readonly delta: number;
  /** Delta × derivative for every unit that reads it; they add up to `delta`. A logit has two: p, and −1 or 0 for y. */
  readonly delta_terms: Float32Array;
  /** Those units: indices into the map of the layer behind; a logit's are its own. */
  readonly delta_units: Int32Array;
}

export interface ImageJacobian {
  /** (classes, 784), row by row: ∂logit/∂pixel. */
  readonly matrix: Float32Array;
  /** Descending; as many as there are classes, at most 784. */
  readonly singular_values: Float64Array;
  /**
   * 784: the smallest change of the image, as Euclid measures, that to first order makes another class's logit as large as the
   * answer's. Zeros when there is none.
   */
  readonly push: Float32Array;
  /** That other class, one of class_labels; null when there is none. */
  readonly push_class: number | null;
  /** Euclidean; null when not finite. */
  readonly push_length: number | null;
}

/** A weight as the matrix (outputs, all else), as torch's flatten(1) makes it. */
export interface Spectrum {
  readonly parameter: string;
  readonly rows: number;
  readonly columns: number;
  /** Descending, as many as the smaller of rows and columns. */
  readonly singular_values: Float64Array;
  /** e to the entropy of σ / Σσ: over how many directions it spreads. Null when the weights are not finite. */
  readonly effective_rank: number | null;
  /** √Σσ²; null when the weights are not finite. */
  readonly frobenius: number | null;
}

/** How good the network would be if one of its matrices were cut to its r largest singular values. */
export interface RankCurve {
  /** 1 … all. */
  readonly ranks: Int32Array;
  /** 0 … 1, of each rank; at the full one the network's own. */
  readonly accuracy: Float64Array;
  /** Mean cross-entropy, of each rank. */
  readonly loss: Float64Array;
}

/** Which classes are taken for which, over the whole test set. Classes are numbered from 0 in the order of `class_labels`. */
export interface Confusion {
  /** Images by label (rows) and by answer (columns), row after row. */
  readonly matrix: Int32Array;
  /** Between label and answer, in bits; at most log2 of the number of classes. */
  readonly mutual_information: number;
  /** The answer to each test image. */
  readonly answered: Int32Array;
  /** Test images that are answered wrongly, the largest loss first, and these losses: −ln p of the label. */
  readonly costliest: Int32Array;
  readonly losses: Float64Array;
  /** Of the weights that answered. */
  readonly step: number;
}

/** Whether probabilities are what they say, over the whole test set. ece: expected calibration error; nll: mean −ln p of the label. */
export interface Calibration {
  /** Images by their largest probability, in equal steps from 0 to 1: its mean, the share that is right, and how many they are. */
  readonly bins: readonly { readonly confidence: number; readonly accuracy: number; readonly count: number }[];
  /** Of all images, at the temperature asked for. */
  readonly ece: number;
  readonly nll: number;
  /** That of the least loss over the test images with an even number, 0.01 … 100. */
  readonly fitted_temperature: number;
  /** Of the images with an odd number, which did not choose it: at temperature 1, and at the fitted one. */
  readonly judged_ece: number;
  readonly judged_nll: number;
  readonly fitted_ece: number;
  readonly fitted_nll: number;
  /** Of the weights that answered. */
  readonly step: number;
}

export interface PosteriorArguments extends ImageArguments {
  /**
   * How the networks are drawn that vote. 'laplace', when absent: from a Gaussian round the last layer's weights, whose covariance
   * is the inverse of the loss's curvature over all training images, all of it, and of the prior. 'mala': by a Metropolis-adjusted
   * Langevin chain from the same posterior without that approximation, as a check; it takes many times as long. 'dropout': the
   * present network with its dropout layers on.
   */
  method?: 'laplace' | 'mala' | 'dropout';
  /**
   * Of the prior N(0, 1/precision) on each weight and bias of the last layer, 1e-6 … 1e9; not with dropout. When absent the prior is
   * as wide as these weights are themselves, precision = 1 / mean(w²): so the weights there are no surprise to it.
   */
  precision?: number;
  /** Networks, 1 … 100,000; 1,000 when absent. With 'mala' every fifth step of the chain, after 200 that are not counted. */
  samples?: number;
  /** 0 … 2⁵³ − 1, 1 when absent. */
  seed?: number;
}

/** How sure the network is of one image: many networks that the training images allow vote on it. entropy = within + between. */
export interface Posterior {
  /** (classes) The mean of their probabilities. */
  readonly mean: Float32Array;
  /** (classes) How many of them answer so. */
  readonly votes: Int32Array;
  /** Bits, of the mean. */
  readonly entropy: number;
  /** Bits, the mean of their own entropies: the image is ambiguous to each of them. */
  readonly within: number;
  /** Bits, the mutual information of answer and network: they disagree, which more training images would settle. */
  readonly between: number;
  readonly method: 'laplace' | 'mala' | 'dropout';
  /** Of the prior; null with dropout. */
  readonly precision: number | null;
  /** The weight decay of the mean loss that this prior is, precision / images; null with dropout. */
  readonly weight_decay: number | null;
  /** Training images that the curvature is of: all; null with dropout. */
  readonly images: number | null;
  /** Share of MALA's proposals that were taken; null with the other methods. */
  readonly acceptance: number | null;
  /** Of the weights: those of when it was asked. */
  readonly step: number;
  /** Of work for this answer. The curvature is kept while the weights stand: the next image or prior takes a fraction. */
  readonly seconds: number;
}

export interface Network {
  /** What `network` may be made of. */
  layers(): LayerInfo[];
  /**
   * The shapes and parameter counts of a network for images of 28 × 28; nothing is changed or made. Rejects with a sentence
   * that names the layer which does not fit, as configure() does: so with more than 64 layers or 20,000,000 parameters.
   * Whether it has as many outputs as there are classes is not asked.
   */
  plan(network: LayerArguments[] | { layers: LayerArguments[] }): Promise<NetworkPlan>;
  configure(args: NetworkArguments): Promise<NetworkStatus>;
  /**
   * Four IDX files of images of 28 × 28, plain or gzip, at most 600 MB each when unpacked. Labels are whole numbers of any
   * type, or QMNIST's rows of eight; their 2 … 1000 different values are the classes, and the network's last dense layer
   * takes as many outputs. `transposed`: rows and columns are swapped, as EMNIST's files need it. Resolves with the numbers
   * of images; undo_load() goes back.
   */
  load(files: Record<'train_images' | 'train_labels' | 'test_images' | 'test_labels', ArrayBuffer | ArrayBufferView | Blob>
    & { transposed?: boolean }): Promise<{ train: number; test: number }>;
  /** Swaps rows and columns of the data set's images, or (false) does not any more. Starts anew. */
  transpose(on?: boolean): Promise<NetworkStatus>;
  /**
   * Changes places with the run that the last load or turn ended: data, network, weights, the optimizer's memory and curves
   * are as they were, bit for bit. Once more goes forth again.
   */
  undo_load(): Promise<NetworkStatus>;
  /**
   * Trains from where the run stands: 1 … 1000 epochs, or 1 … 100,000,000 steps, or without arguments the configured epochs.
   * Resolves when training stops.
   */
  train(args?: { epochs: number } | { steps: number }): Promise<NetworkStatus>;
  pause(): Promise<NetworkStatus>;
  /** n batches, 1 … 100,000,000, default 1. Resolves when they are done. */
  step(n?: number): Promise<NetworkStatus>;
  reset(): Promise<NetworkStatus>;
  status(): NetworkStatus;
  /**
   * Where the present run can go back to: its beginning, then every 100 steps or, as it gets longer, at doubling distances;
   * its end once seek() has left that. All of them take at most 48 MB; there are none of a network that needs more than a
   * third of it for one. They end with the page.
   */
  checkpoints(): Checkpoint[];
  /**
   * Goes to the newest checkpoint at or before `step`, back or forth: weights, the optimizer's memory, settings and curves are
   * as they were then, paused, and go on from there bit for bit. Nothing is forgotten: training on where later
   * checkpoints follow is a branch.
   */
  seek(step: number): Promise<NetworkStatus>;
  /**
   * Another run from that checkpoint, paused, with these settings; absent ones are as they were then. The former run
   * is kept with its curves (runs()), and as a whole for Undo. Another optimizer begins with an empty memory.
   */
  branch(args: BranchArguments): Promise<NetworkStatus>;
  /** The runs of this visit that made steps, the oldest first, the present one last. */
  runs(): NetworkRun[];
  /** Pins a run (or with false does not any more): it makes no room for others. Kept runs take at most 8 MB, and are at most 64. */
  keep(id: number, on?: boolean): Promise<NetworkRun[]>;
  /** Forgets a run that is kept; the present one is refused. */
  remove(id: number): Promise<NetworkRun[]>;
  /** images: n × 784 values in 0 … 1, row by row. Resolves with n × (number of class_labels) probabilities. */
  predict(images: Float32Array): Promise<Float32Array>;
  /** Safetensors of d(mean loss)/d(parameter), the loss in its metadata. Nothing is updated. labels: n of class_labels. */
  gradients(args: { images: Float32Array; labels: ArrayLike<number> }): Promise<Uint8Array>;
  /**
   * Safetensors: weights as the equal torch.nn.Sequential names and lays them out, and the optimizer's memory under
   * 'optimizer.', so that a restored run goes on bit for bit. {optimizer: false} leaves that out: torch's
   * load_state_dict(load_file(…)) then takes the file as it is, without strict=False.
   */
  save(args?: { optimizer?: boolean }): Promise<Uint8Array>;
  /**
   * Weights as safetensors, plain or gzip, in F64, F32, F16 or BF16. Names are those of save(), the same behind one prefix
   * ('module.'), or any others where the shapes, and the numbers in the names, leave one way; counters are left out. How
   * a file was read stands in the status's `message`.
   */
  restore(bytes: ArrayBuffer | ArrayBufferView | Blob): Promise<NetworkStatus>;
  /** One image through all layers to its loss and all the way back, with the weights of now. */
  explain(args: DigitArguments): Promise<Explanation>;
  /** A weight's gradient for one image, term by term, and what the newest training step made of the weight. */
  weight(args: WeightArguments): Promise<WeightStudy>;
  /** What a unit is made of, and what the loss asks of it through which of its readers. */
  unit(args: UnitArguments): Promise<UnitStudy>;
  jacobian(args: ImageArguments): Promise<ImageJacobian>;
  /** Of one weight matrix, or without arguments of all in the order of the layers. */
  spectrum(args?: { parameter?: string }): Promise<Spectrum[]>;
  /**
   * Over the first `images` of the test set, all when absent, with the weights of now; training goes on meanwhile. Another call
   * takes its place, and this one rejects.
   */
  ranks(args: { parameter: string; images?: number }): Promise<RankCurve>;
  /**
   * Over the whole test set, with the weights of when the work begins: at once, or when answers that are under way are done.
   * Training goes on meanwhile.
   */
  confusion(): Promise<Confusion>;
  /** The same answers. bins: 1 … 1,000, 15 when absent; temperature T of softmax(z/T): 0.01 … 100, 1 when absent. */
  calibration(args?: { bins?: number; temperature?: number }): Promise<Calibration>;
  /**
   * With the weights of now; training goes on meanwhile and takes most of the time. Another call takes its place, and this one
   * rejects. Rejects when the last layer is not dense or its covariance would take more than 64 MB.
   */
  posterior(args: PosteriorArguments): Promise<Posterior>;
}

export interface UiItem {
  readonly label: string;
  /**
   * "button", "checkbox", "tab", "combo", "option", "slider", "field", "text", "heading", "plot", "progress", "canvas", "image",
   * "chart", "link".
   */
  readonly role: string;
  /** CSS pixels of the page. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly enabled: boolean;
  readonly value?: number;
  readonly text?: string;
}

/** Intervals between display callbacks since the last call, in milliseconds; work_…: time spent inside them. */
export interface Frames {
  /** Display callbacks since the last call; those in which something was drawn. The page draws when something has changed. */
  readonly count: number;
  readonly drawn: number;
  /** Between display callbacks. */
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly max_ms: number;
  readonly work_p50_ms: number;
  readonly work_p95_ms: number;
  readonly work_max_ms: number;
}

/** How the Surfaces workspace looks. */
export interface SurfaceView {
  readonly three_d?: boolean;
  /** Lines of equal loss; arrows of the negative gradient. */
  readonly contours?: boolean;
  readonly arrows?: boolean;
  /** Ellipse, arrows and numbers of the local quadratic model at the selected optimizer's head. */
  readonly ellipse?: boolean;
  /** In the contour view: where the selected optimizer ends from each start, in the place of the surface's colours. */
  readonly basins?: boolean;
  /** Index of the selected optimizer, 0 … 15. */
  readonly selected?: number;
  /** The rectangle in sight: two ascending numbers each, between -1e9 and 1e9. */
  readonly x?: [number, number];
  readonly y?: [number, number];
  /** Radians, -1000 … 1000. */
  readonly yaw?: number;
  readonly pitch?: number;
  /** 0.01 … 100; 1: the domain fits. */
  readonly distance?: number;
  /** What the 3-D view turns round: -1 … 1 across the domain, at most 2 to either side. */
  readonly look?: [number, number];
  /** The tab of the strip below the picture; tall: enlarged. */
  readonly tab?: 'loss' | 'rates' | 'map' | 'chain_rule' | 'curvature' | 'sampling' | 'standings';
  readonly tall?: boolean;
  /** The point of the tab 'chain_rule', as a click in the picture pins it; []: it follows the pointer and the head. */
  readonly pin?: Point | [];
}

/** What sweeps and maps of the page show. */
export interface SurveyView {
  /** Steps of each run: 1 … 5000; 0, when absent: the page chooses, so that few are still moving. */
  readonly steps?: number;
  /** The sweep's height: the loss that a run ends with, or its steps to the tolerance. */
  readonly measure?: 'loss' | 'steps';
  /**
   * What the map's axes vary, by the names of AxisArguments; '' or one that optimizer and surface lack: the first two
   * hyper-parameters other than the weight decay, then start.x and start.y.
   */
  readonly across?: string;
  readonly upwards?: string;
}

/** What the lenses of the Network workspace show. */
export interface LensView {
  /** Gradients: the deltas instead of the activations. */
  readonly backward?: boolean;
  /** Weights: the parameter whose matrix is shown; '': the largest dense layer's. */
  readonly matrix?: string;
  /** Weights: the matrix is cut to this rank; 0: it is whole. */
  readonly rank?: number;
  /** Gradients: ink that is added to the pinned pixel, in units of full ink, −1 … 1. */
  readonly ink?: number;
  /** Weights: what is shown of the matrices. */
  readonly view?: 'spectrum' | 'product' | 'convolution';
  /** The product W x + b is read as a row times x, as a sum of columns, or as a sum of rank-1 sheets. */
  readonly reading?: 'row' | 'columns' | 'sheets';
  readonly window?: WindowView;
  /** Predictions: of the digit, of the whole test set as a confusion matrix, or its calibration, or the digit before networks that vote. */
  readonly predictions?: 'digit' | 'confusion' | 'calibration' | 'posterior';
  /** Predictions, posterior: as PosteriorArguments.precision; 0: the prior is as wide as the weights. */
  readonly precision?: number;
  /** Predictions, posterior: MALA's answer stands beside. */
  readonly mala?: boolean;
  /** Predictions: T of softmax(z/T) for the digit, 0.05 … 20. */
  readonly temperature?: number;
  /** Predictions: label and answer whose images are shown, classes counted from 0; empty: the costliest mistakes. */
  readonly confused?: readonly [] | readonly [number, number];
  /** Training: the weight of the moving average that smooths the curves of the training batches, 0 … 0.99; 0: none. */
  readonly smoothing?: number;
}

/** A window that slides over the middle of the digit, in the lens Weights. */
export interface WindowView {
  readonly operation?: 'convolution' | 'max_pooling' | 'average_pooling';
  /** Side of the piece of the digit that is read, 1 to 28. */
  readonly size?: number;
  /** 1 to 7. */
  readonly kernel?: number;
  /** 1 to 4. */
  readonly stride?: number;
  /** 0 to 3; a pooling's at most half its kernel. */
  readonly padding?: number;
  /** 1 to 3; of a convolution. */
  readonly dilation?: number;
  /** Which filter of the network's first convolution, counted from 0. */
  readonly filter?: number;
  /** The cell is an input, shown with the outputs that it reaches; else an output, with the inputs that it reads. */
  readonly backward?: boolean;
  /** Row and column of the cell that is looked at. */
  readonly cell?: readonly [number, number];
}

/** The whole configuration: what a share link holds. `version` tells how to read the rest. */
export interface State {
  readonly version: 1;
  readonly workspace?: 'surfaces' | 'network';
  readonly theme?: 'dark' | 'light';
  /** As race.configure() takes it. */
  readonly race?: RaceArguments;
  readonly view?: SurfaceView;
  readonly survey?: SurveyView;
  /** As sampler.configure() takes it. */
  readonly sampling?: SamplerArguments;
  /** As network.configure() takes it. */
  readonly network?: NetworkArguments;
  /** A network that is being edited and not in use. A state with `network` and without this has none. */
  readonly draft?: Pick<NetworkArguments, 'network'>;
  /** Through which lens the Network workspace is looked at. */
  readonly lens?: 'training' | 'gradients' | 'weights' | 'predictions';
  /**
   * The digit that all lenses look at: a test image, or 784 bytes from black to white as hexadecimal digits. from_picture: they
   * were made of a picture that was dropped, pasted or chosen; label: the class, counted from 0, that they are meant to be and
   * whose loss is looked at, the answer's when absent.
   */
  readonly digit?: { readonly test_index: number } | { readonly image: string; readonly from_picture?: boolean; readonly label?: number };
  /**
   * What is looked at more closely, in every lens: a weight (its index in torch's order), a unit (position: y, x,
   * channel), a pixel (y, x), a class (counted from 0) or, as {}, nothing.
   */
  readonly pin?:
    | { readonly parameter: string; readonly index: number }
    | { readonly layer: number; readonly position: readonly [number, number, number] }
    | { readonly pixel: readonly [number, number] }
    | { readonly class: number }
    | Readonly<Record<string, never>>;
  readonly lenses?: LensView;
  /** The scene whose text is shown, or "none". apply() shows the text; descent.scene() opens the scene. */
  readonly scene?: string;
  /** Parts of the page that are hidden: names of descent.ui.parts(). */
  readonly hide?: readonly string[];
}

/** A part of the page that can be hidden. */
export interface PartInfo {
  /** Lower snake case: "rail". */
  readonly name: string;
  readonly doc: string;
}

/** A configuration that teaches one thing, with three sentences. */
export interface Scene {
  /** Lower snake case: "ravine"; in links #scene=ravine. */
  readonly name: string;
  readonly title: string;
  readonly sentences: [string, string, string];
  /** What apply() takes. Theme, network and hidden parts are left alone. */
  readonly state: State;
}

/** The visible Langevin chains. */
export interface Sampler {
  configure(args: SamplerArguments): Promise<SamplerStatus>;
  play(): Promise<SamplerStatus>;
  pause(): Promise<SamplerStatus>;
  /** Pauses and makes n steps of every chain, 1 when absent; n times chains is at most 50,000,000. */
  step(n?: number): Promise<SamplerStatus>;
  /** Pauses; all chains at the start, the same random numbers again. */
  reset(): Promise<SamplerStatus>;
  /** The chains of the newest frame; their step count is 0 and it has no samples until the tab was opened. */
  status(): SamplerStatus;
}

/** What is on the screen. */
export interface Ui {
  /** What is on the screen now. */
  items(): UiItem[];
  frames(): Frames;
  /** The parts of the page that can be hidden, for `hide` in the state and in links: #hide=rail,strip. */
  parts(): PartInfo[];
  /**
   * Resolves when what is on the screen will not change by itself any more: the workers have answered, no call and no
   * data set is under way, nothing plays, trains or is surveyed, no tooltip is about to come, and the frame that shows
   * all that is drawn. A message or a tooltip that goes away by itself after a while does not count, nor does a 3-D view
   * that turns until it is touched. Rejects after `seconds` (default 30) with what the page still waits for; in a tab
   * that is hidden nothing is drawn, and it never settles.
   */
  settled(args?: { seconds?: number }): Promise<void>;
}

export interface Descent {
  /** Resolved after the first drawn frame, which shows what the link asks for that the page was opened with. */
  readonly ready: Promise<void>;
  info(): Info;
  surfaces(): SurfaceInfo[];
  optimizers(): OptimizerInfo[];
  schedules(): ScheduleInfo[];
  /** Value, derivatives and kind of a point. */
  evaluate(args: SurfaceChoice & { point: Point }): Promise<LocalModel>;
  /** What a formula holds; rejects with an ExpressionError when it is none. */
  expression(args: string | (SurfaceChoice & { expression: string; point?: Point })): Promise<ExpressionInfo>;
  /** How the gradient is computed there. Surfaces without a formula (ravine_noise, neuron) are refused. */
  graph(args: SurfaceChoice & { point: Point }): Promise<ExpressionGraph>;
  /** Runs exactly `steps` steps unless the run diverges; the page's own race is not touched. */
  descend(args: DescendArguments): Promise<Trajectory>;
  /** Langevin dynamics at a temperature, its histogram and Boltzmann's density; the page itself is not touched. */
  sample(args: SampleArguments): Promise<Samples>;
  /** What each optimizer makes of a range of learning rates. */
  sweep(args?: SweepArguments): Promise<Sweep>;
  /** The loss after a run against any two of hyper-parameters, start and parameters of the surface. */
  heatmap(args: HeatMapArguments): Promise<HeatMap>;
  /** Maps where runs from each point of a grid end, and how soon. */
  basins(args: BasinArguments): Promise<Basins>;
  readonly race: Race;
  /** The visible Langevin chains. Every command opens their tab and resolves with the status that shows its effect. */
  readonly sampler: Sampler;
  readonly network: Network;
  readonly ui: Ui;
  /**
   * The picture of the surface as it is seen now, with title, optimizers and colour bar, as a PNG (`of` absent or
   * 'surface'); or the figure of the tab that `of` names, 'rates', 'map', …: the tab must be open, and the picture is made
   * when the figure is complete. scale: pixels per CSS pixel, 0.5 … 4, default 2. In the Surfaces workspace only; made
   * after the next frame, so not while the page is hidden.
   */
  picture(args?: { scale?: number; of?: string }): Promise<Blob>;
  scenes(): Scene[];
  /**
   * Opens a scene, its race at the start; theme, network and hidden parts stay. It plays at once unless `play` is false or
   * the visitor's system asks for less motion. Resolves with the new state.
   */
  scene(name: string, options?: { play?: boolean }): Promise<State>;
  /**
   * The page as links and scripts find it, without what a first visit shows (a race under way): race, network with its data and weights, chains, surveys, what is open,
   * hidden or scrolled, and the theme. Calls under way are rejected. Resolves with the new state.
   */
  reset(): Promise<State>;
  state(): State;
  /** Absent parts stay as they are; resolves with the new state. */
  apply(state: State): Promise<State>;
}

export {};
