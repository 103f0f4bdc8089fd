/** What the source imports as `#github`: the packages of GitHub share most of what they are made of, so they share a file. */
export * as core from '@actions/core';
export { context, getOctokit } from '@actions/github';
export { retry } from '@octokit/plugin-retry';
export type { Octokit } from '@octokit/rest';
