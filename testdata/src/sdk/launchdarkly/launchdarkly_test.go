package launchdarkly

import (
	"testing"

	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"
	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdatav2"
)

func TestFlags(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag("new-checkout").BooleanFlag().VariationForAll(true)) // want `override new-checkout set=true`
	td.Update(td.Flag("color").ValueForAll(ldvalue.String("blue")))        // want `override color`
	builder := td.Flag("in-steps").On(true)                                // want `override in-steps set=true`
	td.Update(builder)
	var v2 *ldtestdatav2.TestDataSynchronizer
	v2.Update(v2.Flag("second").BooleanFlag().On(false)) // want `override second set=false`
}
