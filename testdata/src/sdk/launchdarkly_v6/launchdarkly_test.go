package launchdarkly

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v6/testhelpers/ldtestdata"
)

func overrides() {
	td := ldtestdata.DataSource()
	td.Update(td.Flag("new-checkout").BooleanFlag().VariationForAllUsers(true)) // want `override new-checkout set=true`
	td.Update(td.Flag("color").ValueForAllUsers(ldvalue.String("blue")))        // want `override color`
}
