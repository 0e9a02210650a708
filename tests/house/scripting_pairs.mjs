// Lists which functions of the program write and read what web/page/descent.d.ts declares; see scripting.test.mjs. One
// more field or argument changes nothing here; one more interface, method, writer or reader is one more entry.
// SPDX-License-Identifier: MIT

// A function is file/name, and with a third word the overload whose signature has that word.
const kSchedule = ['config_fields/read_schedule'];
const kOptimizer = ['config_fields/read_optimizer', ...kSchedule];

// kPairs gives for an interface, or the parameters of a method, the functions that send its fields, those that accept
// it as arguments, and the names that the page's JavaScript adds or takes (web/page). onlyAccepted: of an interface
// that goes both ways, names that the program takes and never sends.
export const kPairs = {
  ParamSpec: { sends: ['config_fields/specs_json'] },
  Info: { sends: ['page_calls/info'], javascript: ['simd'] },
  SurfaceInfo: { sends: ['status_json/surfaces_json', 'status_json/minima_json'] },
  OptimizerInfo: { sends: ['status_json/optimizers_json'] },
  ScheduleInfo: { sends: ['status_json/schedules_json'] },
  LayerInfo: { sends: ['status_json/layers_json'] },
  ExpressionError: { sends: ['bridge/refusal_json'] },
  ExpressionInfo: { sends: ['expression_json/expression_json', 'expression_json/kinks_json'] },
  GraphNode: { sends: ['expression_json/node_json'] },
  ExpressionGraph: { sends: ['expression_json/graph_json'] },
  LocalModel: { sends: ['requests_json/evaluate_json'] },
  Trajectory: { sends: ['surface_calls/descend'] },
  Samples: { sends: ['sampler_json/sample_answer', 'sampler_json/sample_value'] },
  SamplerStatus: {
    sends: ['sampler_json/sampler_status_json', 'sampler_json/to_json', 'sampler_json/write_chains', 'surface_fields/write_surface SurfaceInfo'],
  },
  Diagnosis: { sends: ['status_json/diagnosis_json'] },
  EarlierSettings: { sends: ['runner_fields/earlier_to_json', 'config_fields/write_schedule'] },
  RunnerConfig: { sends: ['runner_fields/runner_to_json', 'config_fields/write_schedule'] },
  RunnerStatus: { sends: ['status_json/runner_json', 'status_json/changes_json', 'status_json/stability_json'] },
  RaceStatus: { sends: ['status_json/race_status_json', 'status_json/finish_json', 'surface_fields/write_surface SurfaceInfo'] },
  Tuning: { sends: ['runner_fields/tuning_to_json'] },
  Sweep: { sends: ['survey_json/answer_of RateSweepSnapshot'] },
  SweepCurve: { sends: ['survey_json/curve_json'] },
  Axis: { sends: ['survey_json/axis_json'] },
  HeatMap: { sends: ['survey_json/answer_of HeatMapSnapshot'] },
  Basins: { sends: ['survey_json/answer_of BasinSnapshot'] },
  Metrics: { sends: ['status_json/metrics_json'] },
  CurvePoint: { sends: ['curves_json/curve_json'] },
  SettingChange: { sends: ['curves_json/changes_json'] },
  NetworkStatus: { sends: ['status_json/network_status_json', 'status_json/earlier_json', 'curves_json/history_json'] },
  TrainingDiagnosis: { sends: ['training_json/training_diagnosis_json', 'training_json/advice_json'] },
  RateRange: { sends: ['training_json/rate_range_json'] },
  Checkpoint: { sends: ['runs_json/checkpoints_json'] },
  NetworkRun: { sends: ['runs_json/run_json'] },
  NetworkPlan: { sends: ['config_json/outline_json'] },
  PlannedLayer: { sends: ['config_json/planned_layer_json'] },
  Explanation: { sends: ['inspect_json/explanation_answer'] },
  ExplainedLayer: { sends: ['inspect_json/layer_json'] },
  WeightStudy: { sends: ['inspect_json/weight_answer'] },
  UnitStudy: { sends: ['inspect_json/unit_answer'] },
  ImageJacobian: { sends: ['inspect_json/jacobian_answer'] },
  Spectrum: { sends: ['inspect_json/spectrum_json'] },
  RankCurve: { sends: ['inspect_json/ranks_answer'] },
  Confusion: { sends: ['inspect_json/confusion_answer'] },
  Calibration: { sends: ['inspect_json/calibration_answer'] },
  Posterior: { sends: ['posterior_json/posterior_answer'] },
  UiItem: { sends: ['page_calls/item_json'] },
  Frames: { sends: ['page_calls/frames'] },
  PartInfo: { sends: ['state_calls/parts'] },
  Scene: { sends: ['state_calls/scene_list'] },

  SurfaceChoice: {
    sends: ['surface_fields/write_surface SurfaceInfo'],
    accepts: ['surface_fields/read_kind', 'surface_fields/read_surface'],
  },
  DescendArguments: { accepts: ['requests_json/descent_request_from_json', 'runner_fields/read_noise', ...kOptimizer] },
  SampleArguments: {
    accepts: ['sampler_json/sample_request_from_json', 'sampler_json/read_place', 'sampler_json/read_law', 'sampler_json/read_method'],
  },
  SamplerArguments: {
    sends: ['sampling_json/sampling_json', 'sampler_json/write_chains'],
    accepts: ['sampling_json/read_sampling', 'sampler_json/read_chains', 'sampler_json/read_law', 'sampler_json/read_method'],
  },
  RunnerArguments: {
    sends: ['runner_fields/runner_to_json', 'runner_fields/earlier_to_json', 'config_fields/write_schedule'],
    accepts: ['runner_fields/read_runner', 'runner_fields/read_earlier', ...kOptimizer],
  },
  RaceArguments: {
    sends: ['config_json/to_json RaceConfig', 'runner_fields/write_conditions'],
    accepts: ['config_json/race_config_from', 'runner_fields/read_runners', 'runner_fields/read_conditions', 'runner_fields/read_noise'],
  },
  SurveyArguments: { accepts: ['survey_json/read_length', 'runner_fields/read_noise'], javascript: ['signal'] },
  SweepArguments: {  // the page's JavaScript takes `name` for `optimizer`
    accepts: ['survey_json/sweep_request_from', 'survey_json/read_place', 'survey_json/read_rates', 'runner_fields/read_runners'],
    javascript: ['name'],
  },
  MapArguments: { accepts: ['survey_json/read_single', ...kOptimizer] },
  HeatMapArguments: { accepts: ['survey_json/heat_map_request_from', 'survey_json/read_place'] },
  AxisArguments: { accepts: ['survey_json/read_axis'] },
  BasinArguments: { accepts: ['survey_json/basin_request_from', 'survey_json/without_domain'] },
  LayerArguments: { sends: ['config_json/layers_to_json'], accepts: ['config_json/read_layer'], onlyAccepted: ['parameters'] },
  NetworkArguments: {
    sends: ['config_json/to_json TrainerConfig', 'config_fields/write_schedule', 'state_json/network_json', 'state_json/draft_json'],
    accepts: ['config_json/trainer_request_from', 'config_json/read_network', ...kOptimizer],
    onlyAccepted: ['layers'],
  },
  BranchArguments: { accepts: ['runs_json/branch_request_from', ...kOptimizer] },
  ImageArguments: { accepts: ['inspect_json/read_digit'] },
  DigitArguments: { accepts: ['inspect_json/read_label'] },
  WeightArguments: { accepts: ['inspect_json/read_weight'] },
  UnitArguments: { accepts: ['inspect_json/read_unit'] },
  PosteriorArguments: { accepts: ['posterior_json/posterior_request_from'] },
  SurfaceView: { sends: ['state_json/view_json'], accepts: ['state_json/read_view', 'state_json/read_strip', 'state_json/read_pin'] },
  SurveyView: { sends: ['state_json/survey_json'], accepts: ['state_json/read_survey'] },
  WindowView: { sends: ['lens_json/window_json'], accepts: ['lens_json/read_window'] },
  LensView: { sends: ['lens_json/shown_json'], accepts: ['lens_json/read_shown', 'lens_json/read_confused'] },
  State: {
    sends: ['state_json/state_value', 'lens_json/write_lens', 'lens_json/digit_json', 'lens_json/pin_json'],
    accepts: ['lens_json/read_lens', 'lens_json/read_digit', 'lens_json/read_pin', 'state_json/read_state', 'state_json/read_scene', 'state_json/read_hidden', 'state_json/read_race', 'state_json/read_network', 'state_json/read_draft'],
  },

  'Descent.evaluate': { accepts: ['requests_json/evaluate_json'] },
  'Descent.expression': { accepts: ['expression_json/expression_json', 'surface_fields/read_surface'] },
  'Descent.graph': { accepts: ['expression_json/graph_json'] },
  'Descent.picture': { accepts: ['page_calls/picture'] },
  'Descent.scene': { accepts: ['state_calls/scene'] },
  'Descent.apply': { accepts: ['state_calls/apply'] },
  'Race.step': { accepts: ['race_calls/count_of'] },
  'Race.back': { accepts: ['race_calls/count_of'] },
  'Race.seek': { accepts: ['race_calls/seek'] },
  'Race.branch': { accepts: ['race_calls/branch', 'race_calls/read_runner_index', 'race_calls/read_hyperparameters'] },
  'Race.change': { accepts: ['race_calls/change', 'race_calls/read_runner_index', 'race_calls/read_hyperparameters', ...kSchedule] },
  'Race.take_advice': { accepts: ['race_calls/on_runner'] },
  'Race.let_run': { accepts: ['race_calls/on_runner'] },
  'Race.tune': { accepts: ['survey_calls/tune_call'], javascript: ['signal'] },
  'Sampler.step': { accepts: ['sampler_calls/step'] },
  'Network.plan': { accepts: ['config_json/plan_json', 'config_json/read_network'] },
  'Network.train': { accepts: ['network_calls/train_amount'] },
  'Network.step': { accepts: ['network_calls/step_amount'] },
  'Network.seek': { accepts: ['run_calls/seek'] },
  'Network.keep': { accepts: ['run_calls/keep'] },
  'Network.remove': { accepts: ['run_calls/remove'] },
  'Network.save': { accepts: ['network_calls/save'] },
  'Network.transpose': { accepts: ['network_calls/transpose'] },
  'Network.load': { javascript: ['files', 'transposed'] },  // bytes, handed over piece by piece
  'Network.predict': { javascript: ['images'] },  // bytes beside the JSON
  'Network.gradients': { javascript: ['images', 'labels'] },
  'Network.spectrum': { accepts: ['inspect_json/spectrum_request_from'] },
  'Network.ranks': { accepts: ['inspect_json/ranks_request_from'] },
  'Network.calibration': { accepts: ['inspect_json/calibration_request_from'] },
  'Network.restore': { javascript: ['bytes'] },
  'Ui.settled': { javascript: ['seconds'] },
};

// Interfaces whose members are calls: they are held against the object that web/page/descent.js makes.
export const kCalls = { Descent: '', Race: 'race', Sampler: 'sampler', Network: 'network', Ui: 'ui' };

// Functions whose names never reach a script, and why.
export const kInternal = {
  'answer_blocks/add_block': 'where answer_blocks.js finds an array and what it is',
  'bridge/descent_query': 'what bridge.js unwraps: {error}',
  'network_calls/ticket_of': 'the ticket that datasets.js gives a data set it hands over',
  'network_calls/feed': 'which file a piece of bytes belongs to, from datasets.js',
  'network_calls/take_data': 'the configuration that datasets.js sends along with a data set',
  'network_calls/restore': 'the name of the file that was chosen',
  'network_calls/generate': 'the data set that datasets.js wants made',
  'status_json/datasets_json': 'the data sets there are, for datasets.js',
  'survey_calls/ticket_of': 'the envelope of surveys.js: {ticket, arguments}',
  'keep_calls/keep_run': 'where keeper_worker.js finds the file of a run',
  'keep_calls/replay': 'how far the kept race had come, from keeper.js',
  'keep_calls/kept': 'figures for keeper.js: is there something new to keep',
  'state_calls/come_back': 'the state and the runs of a place in the history, from share.js',
  'page_calls/toast': 'a message of boot.js',
  'page_calls/dataset_progress': 'how far datasets.js is',
  'page_calls/file_kind': 'the name of a file that was dropped on the page',
  'page_calls/digit_picture': 'the size of a picture, and what picture_digit.js says of it',
};

// Methods and queries of the program that only the page's own JavaScript asks, by other names than a script's.
export const kJavaScript = ['descent', 'surveys', 'sampler', 'inspect', 'arguments', 'datasets', 'boot', 'bridge', 'files', 'share'];

// Members that are names of a catalog of the program, and that catalog.
export const kCatalogs = {
  'State.workspace': 'web/app/workspace_catalog.cpp',
  'State.lens': 'web/panels/network/lenses/lens_catalog.cpp',
  'SurfaceView.tab': 'web/panels/surfaces/tabs/tab_catalog.cpp',
  'NetworkArguments.dataset': 'engine/data/catalog.cpp',
};

// The limits that a comment in descent.d.ts states, and the constants of the program that hold them.
export const kLimits = [
  ['SurfaceChoice.expression', 'kMaxExpressionLength'],
  ['DescendArguments.steps', 'kMaxDescentSteps'], ['DescendArguments.noise', 'kMaxNoise'],
  ['SampleArguments.temperature', 'kMaxTemperature'], ['SampleArguments.learning_rate', 'kMaxSamplingRate'],
  ['SampleArguments.chains', 'kMaxChains'], ['SampleArguments.steps', 'kMaxSamples'], ['SampleArguments.bins', 'kMaxBins'],
  ['SampleArguments.burn_in', 'kMaxSamplerSteps'], ['SamplerArguments.steps_per_second', 'kMaxRaceSpeed'], ['Sampler.step', 'kMaxSamples'],
  ['RaceArguments.optimizers', 'kMaxRunners'], ['RaceArguments.noise', 'kMaxNoise'], ['RaceArguments.schedule_steps', 'kMaxDescentSteps'],
  ['RaceArguments.budget', 'kMaxBudget'], ['RaceArguments.steps_per_second', 'kMaxRaceSpeed'], ['Race.step', 'kMaxRaceSteps'],
  ['Race.tune', 'kMaxSweepSteps'], ['SurveyArguments.steps', 'kMaxSweepSteps'], ['SurveyArguments.steps', 'kMaxBasinSteps'],
  ['SurveyArguments.schedule_steps', 'kMaxDescentSteps'], ['SurveyArguments.noise', 'kMaxNoise'],
  ['SweepArguments.optimizers', 'kMaxRunners'], ['SweepArguments.rates', 'kMaxSweepRates'], ['SweepArguments.budget', 'kMaxBudget'],
  ['HeatMapArguments.budget', 'kMaxBudget'], ['AxisArguments.count', 'kMaxHeatMapCells'], ['BasinArguments.width', 'kMaxBasinCells'],
  ['NetworkArguments.network', 'kMaxLayers'], ['NetworkArguments.batch_size', 'kMaxBatch'], ['NetworkArguments.epochs', 'kMaxEpochs'],
  ['NetworkArguments.threads', 'kMaxThreads'], ['Network.plan', 'kMaxLayers'], ['Network.plan', 'kMaxParameters'], ['Network.train', 'kMaxEpochs'], ['Network.train', 'kMaxTrainSteps'],
  ['Network.step', 'kMaxTrainSteps'], ['PosteriorArguments.samples', 'kMaxPosteriorSamples'], ['SurveyView.steps', 'kMaxSurveySteps'],
];
