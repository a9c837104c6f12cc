package optimizely

import (
	"github.com/optimizely/go-sdk/v2/pkg/client"
	"github.com/optimizely/go-sdk/v2/pkg/decision"
)

func clientOptimizelyUserContextOverrides(optimizelyForcedDecision decision.OptimizelyForcedDecision, optimizelyUserContext *client.OptimizelyUserContext) {
	_ = optimizelyUserContext.SetForcedDecision(decision.OptimizelyDecisionContext{FlagKey: "set-forced-decision"}, optimizelyForcedDecision) // want `override set-forced-decision`
	_ = optimizelyUserContext.RemoveForcedDecision(decision.OptimizelyDecisionContext{FlagKey: "remove-forced-decision"})                     // want `override remove-forced-decision`
}
