// Found by Cockpit before its own copy. One script that cannot be loaded keeps all from loading, so
// there is one, and it loads its pages when they are opened.
export default {customScripts: ['scripts/mlops/plugins.js']};
