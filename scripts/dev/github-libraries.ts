/**
 * What the source imports as `#github`: GitHub's packages share most of their dependencies, so they share one bundle.
 */
export * as core from '@actions/core';
export { context, getOctokit } from '@actions/github';
export { retry } from '@octokit/plugin-retry';
export type { Octokit } from '@octokit/rest';
