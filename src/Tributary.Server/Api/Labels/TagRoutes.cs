using Tributary.Core.Labels;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Labels;

internal static class TagRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The tag.").InPath();

    private static readonly ShortListing<Tag> Tags = new(LabelWire.Tag, tag => tag.Id)
    {
        Filters = [ShortFilter<Tag>.Of(Members.Text("name", "The tag of this name.", 100), (tag, name) => tag.Name == name)],
        Sorts = new Dictionary<string, Func<Tag, IComparable?>>
        {
            ["id"] = t => t.Id,
            ["name"] = t => t.Name,
            ["added_at"] = t => t.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/tags", "listTags", List) { Tag = "Labels", Summary = "List tags", Parameters = Tags.Parameters, Answer = Tags },
        new("POST", "/tags", "createTag", Create)
        {
            Tag = "Labels", Summary = "Add a tag; the tag of that name when there is one", Body = LabelBody.TagName, Status = 201,
            Answer = LabelWire.Tag,
        },
        new("GET", "/tags/{id}", "getTag", Get)
        {
            Tag = "Labels", Summary = "Get a tag", Parameters = [Id, Selection.Fields], Answer = LabelWire.Tag,
        },
        new("PATCH", "/tags/{id}", "renameTag", Rename)
        {
            Tag = "Labels", Summary = "Rename a tag", Parameters = [Id], Body = LabelBody.TagName, Answer = LabelWire.Tag,
        },
        new("POST", "/tags/{id}/merge", "mergeTag", Merge)
        {
            Tag = "Labels", Summary = "Put another tag in the place of this one, everywhere", Parameters = [Id], Body = LabelBody.Merge,
            Status = 204,
        },
        new("DELETE", "/tags/{id}", "deleteTag", Delete)
        {
            Tag = "Labels", Summary = "Delete a tag and take it off every record", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Tags.Answer(call, () => call.Service<TagService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("tags");
        return Reply.Json(LabelWire.Tag, await call.Service<TagService>().Create(call.Caller, await call.Read(LabelBody.ReadName), call.Ct),
            status: 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "tag");
        var only = Selection.Read(call, LabelWire.Tag);
        call.Checked();
        return Reply.Json(LabelWire.Tag, await call.Service<TagService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Rename(Call call)
    {
        call.Caller.MustManage("tags");
        var id = call.Path(Id, "tag");
        return Reply.Json(LabelWire.Tag, await call.Service<TagService>()
            .Rename(call.Caller, id, await call.Read(LabelBody.ReadName), call.Ct));
    }

    private static async Task<Reply> Merge(Call call)
    {
        call.Caller.MustManage("tags");
        var id = call.Path(Id, "tag");
        await call.Service<TagService>().Merge(call.Caller, id, await call.Read(LabelBody.ReadInto), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("tags");
        await call.Service<TagService>().Delete(call.Caller, call.Path(Id, "tag"), call.Ct);
        return Reply.Empty();
    }
}
