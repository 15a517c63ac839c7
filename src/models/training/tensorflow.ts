// The one door to TensorFlow.js. Its core defines operations and how to differentiate them, but in
// Node only the layers package registers the gradients; the plain CPU backend is the oracle.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';

// Without this the CPU backend advertises another package on standard error.
tf.env().set('IS_NODE', false);

export { tf };
