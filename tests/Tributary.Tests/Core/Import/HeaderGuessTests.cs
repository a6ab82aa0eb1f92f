using Tributary.Core.Import;

namespace Tributary.Tests.Core.Import;

public sealed class HeaderGuessTests
{
    [Theory]
    [InlineData("Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Stage,Deal - Won time", // Pipedrive
        "title,value,currency,organization,stage,won_at")]
    [InlineData("Deal - ID,Deal - Title,Deal - Creator,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Probability,Deal - Organization,Deal - Pipeline,Deal - Contact person,Deal - Stage,Deal - Label,Deal - Status,Deal - Deal created,Deal - Update time,Deal - Lost time,Deal - Deal closed on,Deal - Lost reason,Deal - Expected close date,Person - Email - Work",
        "external_id,title,?,owner,value,currency,probability,organization,pipeline,person,stage,tags,status,added_at,?,lost_at,close_date,lost_reason,expected_close,person_email")]
    [InlineData("Person - ID,Person - Name,Person - First name,Person - Last name,Person - Email - Work,Person - Phone - Work,Person - Organization,Person - Owner,Person - Label", // Pipedrive people
        "external_id,name,first_name,last_name,email,phone,organization,owner,tags")]
    [InlineData("Organization - ID,Organization - Name,Organization - Address,Organization - Owner,Organization - Label,Organization - Organization created", // Pipedrive organizations
        "external_id,name,address,owner,tags,?")]
    [InlineData("Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Deal owner,Pipeline,Deal Type,Deal probability,Closed Lost Reason,Closed Won Reason,Associated Company (Primary),Associated Contact,Amount in company currency", // HubSpot
        "external_id,title,stage,value,currency,close_date,added_at,owner,pipeline,deal_type,probability,lost_reason,won_reason,organization,person,?")]
    [InlineData("Record ID,Company name,Company owner,Create Date,Phone Number,Company Domain Name,Industry,Annual Revenue,Number of Employees", // HubSpot companies
        "external_id,name,owner,added_at,phone,website,industry,annual_revenue,employees")]
    [InlineData("Opportunity Name,Account Name,Amount,Close Date,Stage,Probability (%),Opportunity Owner,Lead Source", // Salesforce
        "title,organization,value,close_date,stage,probability,owner,source")]
    [InlineData("Record ID,Deal Name,Deal Stage,Pipeline,Deal owner,Create Date,Close Date,Amount", // HubSpot
        "external_id,title,stage,pipeline,owner,added_at,close_date,value")]
    [InlineData("Record ID,First Name,Last Name,Email,Phone Number,Company Name,Job Title", // HubSpot contacts
        "external_id,first_name,last_name,email,phone,organization,job_title")]
    [InlineData("Name,SKU,Price USD,Price (EUR),price.gbp,Sales price,Price list,Billed", // our own products, and one that is none of them
        "name,code,price:USD,price:EUR,price:GBP,price,?,billing_frequency")]
    public void Headers_of_other_systems_are_known(string headers, string fields)
    {
        var columns = headers.Split(',');

        var guess = HeaderGuess.From(columns, [], "crm");

        var found = columns.Select(header => guess.Matches.FirstOrDefault(match => match.Header == header)?.Field ?? "?");
        Assert.Equal(fields, string.Join(',', found));
        Assert.Equal(columns.Where(header => !guess.Matches.Any(match => match.Header == header)), guess.LeftOver);
    }

    [Fact]
    public void A_field_goes_to_the_surest_column()
    {
        var guess = HeaderGuess.From(["Deal Owner", "owner", "title"], [], "crm");

        Assert.Equal(1.0, guess.Matches.Single(match => match.Field == "owner").Certainty);
        Assert.Equal("owner", guess.Matches.Single(match => match.Field == "owner").Header);
        Assert.Equal(["Deal Owner"], guess.LeftOver);
    }

    [Fact]
    public void A_column_whose_values_cannot_be_its_field_is_left_over()
    {
        var guess = HeaderGuess.From(["title", "amount", "closed"], [["a", "1.5", "yes"], ["b", "2", "no"]], "crm");

        Assert.Equal(["closed"], guess.LeftOver);
    }

    [Fact]
    public void Formats_are_decided_over_the_sample_and_doubtful_columns_are_named()
    {
        var guess = HeaderGuess.From(
            ["title", "amount", "close date", "won time", "probability"],
            [["a", "1.234", "03/04/2017", "03/04/2017", "0.5"], ["b", "12,5", "25/04/2017", "05/04/2017", "1"]],
            "crm");

        Assert.Equal("1.234,50", guess.Mapping.Columns["amount"].Format);
        Assert.Equal("d/m/y", guess.Mapping.Columns["close date"].Format);
        Assert.Null(guess.Mapping.Columns["won time"].Format);
        Assert.Equal("fraction", guess.Mapping.Columns["probability"].Format);
        Assert.Equal(["won time"], guess.Undecided);
    }

    [Fact]
    public void The_kind_can_be_told() =>
        Assert.Equal(ImportKind.Persons, HeaderGuess.From(["name", "account"], [], "crm", ImportKind.Persons).Kind);
}
