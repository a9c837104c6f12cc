// Package decision is a stub: the signatures of Optimizely's decisions, without behaviour.
package decision

// OptimizelyDecisionContext names a flag and a rule.
type OptimizelyDecisionContext struct{ FlagKey, RuleKey string }

// OptimizelyForcedDecision names a variation.
type OptimizelyForcedDecision struct{ VariationKey string }
