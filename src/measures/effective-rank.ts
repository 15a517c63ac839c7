import type { Cloud } from './cloud.js';
import { gaussianOf } from './frechet.js';
import { symmetricEigenvalues } from './symmetric-eigenvalues.js';

/** Singular values under this share of the largest are what rounding left. */
const ROUNDING = 1e-6;

/**
 * In how many directions a cloud spreads: exp(−Σ pᵢ ln pᵢ) of the singular values σ of the cloud
 * about its mean, pᵢ = σᵢ / Σσ (Roy and Vetterli 2007). From 1 (a line) to its width (a ball); 0
 * where all vectors are the same or fewer than two. Blind to place and scale.
 */
export function effectiveRank(cloud: Cloud): number {
  if (cloud.rows < 2) return 0;
  return effectiveRankOf(gaussianOf(cloud).covariance);
}

/** The effective rank from a covariance [d, d], whose eigenvalues go as the squares of σ. */
export function effectiveRankOf(covariance: Float64Array): number {
  const n = Math.sqrt(covariance.length);
  const values = symmetricEigenvalues(covariance, n);
  const singular = values.map((value) => Math.sqrt(Math.max(0, value)));
  const floor = ROUNDING * Math.max(0, ...singular);
  const kept = singular.filter((sigma) => sigma > floor);
  const total = kept.reduce((sum, sigma) => sum + sigma, 0);
  if (total === 0) return 0;
  return Math.exp(-kept.reduce((sum, sigma) => sum + xLogX(sigma / total), 0));
}

function xLogX(p: number): number {
  return p * Math.log(p);
}
