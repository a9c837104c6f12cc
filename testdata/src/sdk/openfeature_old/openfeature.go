// Package openfeature uses every row of the provider openfeature.
package openfeature

import (
	"context"
	"github.com/open-feature/go-sdk/pkg/openfeature"
)

func openfeatureClient(c context.Context, client *openfeature.Client, evaluationContext openfeature.EvaluationContext) {
	_, _ = client.BooleanValue(c, "boolean-value", true, evaluationContext)                // want `evaluation boolean-value bool default=true error`
	_, _ = client.BooleanValueDetails(c, "boolean-value-details", true, evaluationContext) // want `evaluation boolean-value-details bool default=true error`
	_, _ = client.StringValue(c, "string-value", "blue", evaluationContext)                // want `evaluation string-value string default="blue" error`
	_, _ = client.StringValueDetails(c, "string-value-details", "blue", evaluationContext) // want `evaluation string-value-details string default="blue" error`
	_, _ = client.FloatValue(c, "float-value", 0.5, evaluationContext)                     // want `evaluation float-value float default=0.5 error`
	_, _ = client.FloatValueDetails(c, "float-value-details", 0.5, evaluationContext)      // want `evaluation float-value-details float default=0.5 error`
	_, _ = client.IntValue(c, "int-value", 3, evaluationContext)                           // want `evaluation int-value int default=3 error`
	_, _ = client.IntValueDetails(c, "int-value-details", 3, evaluationContext)            // want `evaluation int-value-details int default=3 error`
	_, _ = client.ObjectValue(c, "object-value", "x", evaluationContext)                   // want `evaluation object-value json default="x" error`
	_, _ = client.ObjectValueDetails(c, "object-value-details", "x", evaluationContext)    // want `evaluation object-value-details json default="x" error`
}

func openfeatureIClient(c context.Context, evaluationContext openfeature.EvaluationContext, iClient openfeature.IClient) {
	_, _ = iClient.BooleanValue(c, "boolean-value", true, evaluationContext)                // want `evaluation boolean-value bool default=true error`
	_, _ = iClient.BooleanValueDetails(c, "boolean-value-details", true, evaluationContext) // want `evaluation boolean-value-details bool default=true error`
	_, _ = iClient.FloatValue(c, "float-value", 0.5, evaluationContext)                     // want `evaluation float-value float default=0.5 error`
	_, _ = iClient.FloatValueDetails(c, "float-value-details", 0.5, evaluationContext)      // want `evaluation float-value-details float default=0.5 error`
	_, _ = iClient.IntValue(c, "int-value", 3, evaluationContext)                           // want `evaluation int-value int default=3 error`
	_, _ = iClient.IntValueDetails(c, "int-value-details", 3, evaluationContext)            // want `evaluation int-value-details int default=3 error`
	_, _ = iClient.ObjectValue(c, "object-value", "x", evaluationContext)                   // want `evaluation object-value json default="x" error`
	_, _ = iClient.ObjectValueDetails(c, "object-value-details", "x", evaluationContext)    // want `evaluation object-value-details json default="x" error`
	_, _ = iClient.StringValue(c, "string-value", "blue", evaluationContext)                // want `evaluation string-value string default="blue" error`
	_, _ = iClient.StringValueDetails(c, "string-value-details", "blue", evaluationContext) // want `evaluation string-value-details string default="blue" error`
}
