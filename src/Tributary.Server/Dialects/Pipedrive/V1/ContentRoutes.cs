using Tributary.Core.Activities;
using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Mail;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Activities, files and mail messages of a deal, a person, an organization; files of a product.</summary>
internal static class ContentRoutes
{
    private static readonly Member<bool> Done = Members.Flag("done", "1 done ones, 0 those not done; both when left out.");
    private static readonly Member<Seq<long>> Exclude =
        Members.List("exclude", "Ids of activities to leave out, comma-separated.", Members.Id("", ""), 1000);
    private static readonly Member<Seq<SortKey>> FileSort = Sorting.By(("id", "id"), ("update_time", "updated_at"));
    private static readonly Member<bool> IncludeBody = Members.Flag("include_body", "1: with the bodies.");

    private static readonly Many<ActivityView> Activities = new(ActivityWire.Activity, "OfDealList");
    private static readonly Many<FileView> Files = new(FileWire.File, "OfDealList");
    private static readonly Member<long> MailId = Members.Id("id", "The ID of the mail message.").InPath();
    private static readonly One<MailView> Message = new(MailWire.Message);
    private static readonly Many<MailView> Messages = new(MailWire.Item);

    public static IEnumerable<Operation> Of(Anchor anchor) => anchor == Anchor.Product ? [FilesOf(anchor)] :
    [
        new("GET", anchor.Path("activities"), $"get{anchor.Name}Activities", call => ListActivities(call, anchor))
        {
            Tag = anchor.Tag, Summary = $"List activities associated with {anchor.Article}", Cost = 20,
            Parameters = [anchor.Id, .. Paging.Parameters, Done, Exclude], Answer = Activities,
        },
        FilesOf(anchor),
        new("GET", anchor.Path("mailMessages"), $"get{anchor.Name}MailMessages", call => ListMail(call, anchor))
        {
            Tag = anchor.Tag, Summary = $"List mail messages associated with {anchor.Article}", Cost = 20,
            Parameters = [anchor.Id, .. Paging.Parameters, IncludeBody], Answer = Messages,
        },
    ];

    /// <summary>One message, found on the deals and persons it hangs on.</summary>
    public static readonly Operation OneMail = new("GET", "/mailbox/mailMessages/{id}", "getMailMessage", GetMail)
    {
        Tag = "Mailbox v1",
        Summary = "Get one mail message",
        Cost = 2,
        Parameters = [MailId, IncludeBody],
        Answer = Message,
    };

    private static Operation FilesOf(Anchor anchor) =>
        new("GET", anchor.Path("files"), $"get{anchor.Name}Files", call => ListFiles(call, anchor))
        {
            Tag = anchor.Tag,
            Summary = $"List files attached to {anchor.Article}",
            Cost = 20,
            Parameters = [anchor.Id, .. Paging.Parameters, FileSort],
            Answer = Files,
        };

    private static async Task<Reply> ListActivities(Call call, Anchor anchor)
    {
        var id = await anchor.Find(call);
        var query = Paging.Read(call) with { Sort = [new("id")], Condition = Condition.Equal(anchor.Column, id) };
        if (call.Query(Done) is { IsSet: true, Value: var done }) query = query.And(Condition.Equal("done", done));
        if (call.Query(Exclude) is { IsSet: true, Value: { Count: > 0 } without })
        {
            query = query.And(Condition.Test("id", Operator.NotIn, [.. without.Select(one => (Operand)one)]));
        }
        call.Checked();
        var page = await call.Service<ActivityService>().List(anchor.Around(call), query, call.Ct);
        var views = await ActivityView.Of(call, page.Items);
        var related = views.Count == 0
            ? new() : views[0].Names.Related(page.Items.SelectMany(activity => new[] { activity.OwnerId, activity.CreatorId }));
        return Activities.Page(views, query, page.HasMore, related, json => Distribution(json, page.Items, views));
    }

    private static async Task<Reply> ListFiles(Call call, Anchor anchor)
    {
        var id = await anchor.Find(call);
        var query = Paging.Read(call, Paging.MostFiles) with
        {
            Sort = call.Query(FileSort, []),
            Condition = Condition.Equal(anchor.Column, id),
        };
        call.Checked();
        var page = await call.Service<FileService>().List(anchor.Around(call), query, call.Ct);
        return Files.Page(await FileView.Of(call, page.Items), query, page.HasMore);
    }

    private static async Task<Reply> ListMail(Call call, Anchor anchor)
    {
        var id = await anchor.Find(call);
        var query = Paging.Read(call) with
        {
            Sort = [new("message_at", Descending: true)],
            Condition = anchor == Anchor.Deal ? Condition.Equal(anchor.Column, id) : Condition.Test(anchor.Column, Operator.Has, id),
        };
        var withBodies = call.Query(IncludeBody, false);
        call.Checked();
        var page = await call.Service<MailService>().List(anchor.Around(call), query, withBodies, call.Ct);
        var names = await Named.Of(call, MailView.NamesOf(page.Items));
        return Messages.Page([.. page.Items.Select(mail => new MailView(mail, names))], query, page.HasMore);
    }

    private static async Task<Reply> GetMail(Call call)
    {
        var id = call.Path(MailId, "mail_message");
        var withBody = call.Query(IncludeBody, false);
        call.Checked();
        var mail = await call.Service<MailService>().Get(call.Caller, id, call.Ct);
        var names = await Named.Of(call, MailView.NamesOf([mail]));
        return Message.Reply(new(withBody ? mail : mail with { Body = null }, names));
    }

    /// <summary>"activity_distribution": how the activities of the page are shared between users (appendix A10).</summary>
    private static void Distribution(System.Text.Json.Utf8JsonWriter json, IReadOnlyList<Activity> activities,
        IReadOnlyList<ActivityView> views)
    {
        json.WriteStartObject("activity_distribution");
        foreach (var (activity, share) in activities.Where(activity => activity.OwnerId is not null)
            .GroupBy(activity => activity.OwnerId!.Value).Select(group => (group, 100m * group.Count() / activities.Count)))
        {
            json.WriteStartObject(activity.Key.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartObject("activities");
            foreach (var type in activity.GroupBy(one => one.Type)) json.WriteNumber(type.Key, type.Count());
            json.WriteEndObject();
            json.WriteString("name", views[0].Names.User(activity.Key)?.Name);
            json.WriteNumber("activity_count", activity.Count());
            json.WriteNumber("share", decimal.Round(share, 2) / 1.0000000000m);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
