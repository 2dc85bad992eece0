import type { FeatureDescriptor } from '@/lib/feature';
import { auditFeature } from '@/features/audit/feature';
import { jobsFeature } from '@/features/jobs/feature';
import { metricsFeature } from '@/features/metrics/feature';
import { overviewFeature } from '@/features/overview/feature';
import { runsFeature } from '@/features/runs/feature';
import { settingsFeature } from '@/features/settings/feature';
import { signInFeature } from '@/features/sign-in/feature';

/** Every feature of the console. A new slice adds its descriptor here and nothing else in app. */
export const features: readonly FeatureDescriptor[] = [signInFeature, overviewFeature, metricsFeature, jobsFeature, runsFeature, auditFeature, settingsFeature];
