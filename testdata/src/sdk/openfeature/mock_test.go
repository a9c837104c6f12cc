//go:build testtools

package openfeature

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"go.uber.org/mock/gomock"
)

func TestMock(t *testing.T) {
	mock := openfeature.NewMockIClient(gomock.NewController(t))
	mock.EXPECT().Boolean(gomock.Any(), "boolean", gomock.Any(), gomock.Any()).Return(true)                        // want `override boolean set=true`
	mock.EXPECT().BooleanValue(gomock.Any(), "boolean-value", gomock.Any(), gomock.Any()).Return(false, nil)       // want `override boolean-value set=false`
	mock.EXPECT().BooleanValueDetails(gomock.Any(), "boolean-details", gomock.Any(), gomock.Any())                 // want `override boolean-details`
	mock.EXPECT().String(gomock.Any(), "string", gomock.Any(), gomock.Any()).Return("blue")                        // want `override string set="blue"`
	mock.EXPECT().StringValue(gomock.Any(), "string-value", gomock.Any(), gomock.Any()).Return("red", nil)         // want `override string-value set="red"`
	mock.EXPECT().StringValueDetails(gomock.Any(), "string-details", gomock.Any(), gomock.Any())                   // want `override string-details`
	mock.EXPECT().Float(gomock.Any(), "float", gomock.Any(), gomock.Any()).Return(0.5)                             // want `override float set=0.5`
	mock.EXPECT().FloatValue(gomock.Any(), "float-value", gomock.Any(), gomock.Any()).Return(0.5, nil)             // want `override float-value set=0.5`
	mock.EXPECT().FloatValueDetails(gomock.Any(), "float-details", gomock.Any(), gomock.Any())                     // want `override float-details`
	mock.EXPECT().Int(gomock.Any(), "int", gomock.Any(), gomock.Any()).Return(int64(3))                            // want `override int set=3`
	mock.EXPECT().IntValue(gomock.Any(), "int-value", gomock.Any(), gomock.Any()).Return(int64(3), nil).AnyTimes() // want `override int-value set=3`
	mock.EXPECT().IntValueDetails(gomock.Any(), "int-details", gomock.Any(), gomock.Any())                         // want `override int-details`
	mock.EXPECT().Object(gomock.Any(), "object", gomock.Any(), gomock.Any())                                       // want `override object`
	mock.EXPECT().ObjectValue(gomock.Any(), "object-value", gomock.Any(), gomock.Any())                            // want `override object-value`
	mock.EXPECT().ObjectValueDetails(gomock.Any(), "object-details", gomock.Any(), gomock.Any())                   // want `override object-details`
	ctx, ec := t.Context(), openfeature.EvaluationContext{}
	_ = mock.Boolean(ctx, "boolean", true, ec)                        // want `evaluation boolean bool default=true`
	_ = mock.String(ctx, "string", "x", ec)                           // want `evaluation string string default="x"`
	_ = mock.Float(ctx, "float", 0.1, ec)                             // want `evaluation float float default=0.1`
	_ = mock.Int(ctx, "int", 1, ec)                                   // want `evaluation int int default=1`
	_ = mock.Object(ctx, "object", nil, ec)                           // want `evaluation object json`
	_, _ = mock.BooleanValue(ctx, "boolean-value", true, ec)          // want `evaluation boolean-value bool default=true error`
	_, _ = mock.StringValue(ctx, "string-value", "x", ec)             // want `evaluation string-value string default="x" error`
	_, _ = mock.FloatValue(ctx, "float-value", 0.1, ec)               // want `evaluation float-value float default=0.1 error`
	_, _ = mock.IntValue(ctx, "int-value", 1, ec)                     // want `evaluation int-value int default=1 error`
	_, _ = mock.ObjectValue(ctx, "object-value", nil, ec)             // want `evaluation object-value json error`
	_, _ = mock.BooleanValueDetails(ctx, "boolean-details", true, ec) // want `evaluation boolean-details bool default=true error`
	_, _ = mock.StringValueDetails(ctx, "string-details", "x", ec)    // want `evaluation string-details string default="x" error`
	_, _ = mock.FloatValueDetails(ctx, "float-details", 0.1, ec)      // want `evaluation float-details float default=0.1 error`
	_, _ = mock.IntValueDetails(ctx, "int-details", 1, ec)            // want `evaluation int-details int default=1 error`
	_, _ = mock.ObjectValueDetails(ctx, "object-details", nil, ec)    // want `evaluation object-details json error`
}
