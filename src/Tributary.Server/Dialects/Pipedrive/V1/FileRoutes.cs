using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Files (reference §11): uploads, downloads, and files that are kept at Google.</summary>
internal static class FileRoutes
{
    private const string Tag = "Files v1";
    private const int MaxMember = 16 * 1024;
    private const long Envelope = 256 * 1024;

    private static readonly Member<long> Id = Members.Id("id", "The ID of the file.").InPath();
    private static readonly Member<Seq<SortKey>> Sort = Sorting.By(("id", "id"), ("update_time", "updated_at"));
    private static readonly Member<long> DealId = Loose.Id("deal_id", "");
    private static readonly Member<long> PersonId = Loose.Id("person_id", "");
    private static readonly Member<long> OrgId = Loose.Id("org_id", "");
    private static readonly Member<long> ProductId = Loose.Id("product_id", "");
    private static readonly Member<long> ActivityId = Loose.Id("activity_id", "");
    private static readonly Member<Guid> LeadId = Members.Uid("lead_id", "");
    private static readonly Member<string> Name = Members.Text("name", "The visible name.", 255);
    private static readonly Member<string> Description = Members.Text("description", "", 4000).Nullable();
    private static readonly Member<string> FileType = Words("file_type", "gdoc", "gslides", "gsheet", "gform", "gdraw");
    private static readonly Member<string> Title = Members.Text("title", "", 255);
    private static readonly Member<string> ItemType = Words("item_type", "deal", "organization", "person");
    private static readonly Member<long> ItemId = Members.Id("item_id", "");
    private static readonly Member<string> RemoteId = Members.Text("remote_id", "", 1_000);
    private static readonly Member<string> RemoteLocation = Words("remote_location", "googledrive");

    private static readonly Member<string> Bytes = new("file", "The bytes.")
    {
        Accepts = "must be the part that carries the bytes",
        Schema = () => new() { ["type"] = "string", ["format"] = "binary" },
        FromJson = (JsonElement json, ReadingPolicy policy, out string value) => (value = "").Length > 0,
        FromText = (string text, ReadingPolicy policy, out string value) => (value = text).Length > 0,
    };

    private static readonly Member[] Anchors = [DealId, PersonId, OrgId, ProductId, ActivityId, LeadId];
    private static readonly Shape UploadMembers = new("FileUploadMembersV1", Anchors);

    private static readonly Many<FileView> Files = new(FileWire.File);
    private static readonly One<FileView> One = new(FileWire.File);

    public static IReadOnlyList<Operation> All(long maxFileBytes) =>
    [
        new("GET", "/files", "getFiles", List)
        {
            Tag = Tag, Summary = "Get all files", Cost = 20, Parameters = [.. Paging.Parameters, Sort], Answer = Files,
        },
        new("POST", "/files", "addFile", Upload)
        {
            Tag = Tag, Summary = "Add file", Cost = 10, Body = new("NewFileV1", [.. Anchors, Bytes.Required()]),
            BodyType = "multipart/form-data", BodyLimit = maxFileBytes + Envelope, Answer = One,
        },
        new("POST", "/files/remote", "addFileAndLinkIt", Remote)
        {
            Tag = Tag, Summary = "Create a remote file and link it to an item", Cost = 10, Answer = One,
            Body = new("NewRemoteFileV1", FileType.Required(), Title.Required(), ItemType.Required(), ItemId.Required(),
                RemoteLocation.Required()),
            Coverage = "differs", CoverageNote = "The file is noted and linked; nothing is created at Google.",
        },
        new("POST", "/files/remoteLink", "linkFileToItem", Link)
        {
            Tag = Tag, Summary = "Link a remote file to an item", Cost = 10, Answer = One,
            Body = new("NewFileLinkV1", ItemType.Required(), ItemId.Required(), RemoteId.Required(), RemoteLocation.Required()),
            CoverageNote = "It is named after its remote id.",
        },
        new("GET", "/files/{id}", "getFile", Get) { Tag = Tag, Summary = "Get one file", Cost = 2, Parameters = [Id], Answer = One },
        new("PUT", "/files/{id}", "updateFile", Update)
        {
            Tag = Tag, Summary = "Update file details", Cost = 10, Parameters = [Id], Body = new("FileChangesV1", Name, Description),
            Answer = One,
        },
        new("DELETE", "/files/{id}", "deleteFile", Delete)
        {
            Tag = Tag, Summary = "Delete a file", Cost = 6, Parameters = [Id], Answer = Answers.Id,
        },
        new("GET", "/files/{id}/download", "downloadFile", Download)
        {
            Tag = Tag, Summary = "Download one file", Cost = 20, Parameters = [Id], AnswerType = "application/octet-stream",
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        var query = Paging.Read(call, Paging.MostFiles) with { Sort = call.Query(Sort, []) };
        call.Checked();
        var page = await call.Service<FileService>().List(call.Caller, query, call.Ct);
        return Files.Page(await FileView.Of(call, page.Items), query, page.HasMore);
    }

    private static async Task<Reply> Upload(Call call)
    {
        call.Caller.MustWrite("files");
        // Clients send the file before what it hangs on (n8n does).
        await using var form = await UploadForm.Gather(call, MaxMember);
        using var json =
            JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(form.Members.ToDictionary(),
                FormMembers.Default.DictionaryStringString));
        var (patch, lead) = Body.Read(json.RootElement, UploadMembers, call.Reading, body => (new FilePatch
        {
            Name = form.FileName ?? "file",
            DealId = body.Clearable(DealId).As(Loose.None),
            PersonId = body.Clearable(PersonId).As(Loose.None),
            OrgId = body.Clearable(OrgId).As(Loose.None),
            ProductId = body.Clearable(ProductId).As(Loose.None),
            ActivityId = body.Clearable(ActivityId).As(Loose.None),
        }, body.Get(LeadId)));
        if (lead.IsSet) patch = patch with
        {
            LeadId = new(true, await NoteRoutes.LeadOf(call, lead.Value)
                ?? throw Problem.Invalid("lead_id", "lead_id must be a lead of this company.")),
        };
        return await Shown(call, await call.Service<FileService>().Upload(call.Caller, patch, form.Content, call.Ct));
    }

    private static async Task<Reply> Remote(Call call)
    {
        call.Caller.MustWrite("files");
        var patch =
            await call.Read(body => Item(body) with
            {
                Name = body.Get(Title),
                StorageKey = $"{body.Get(FileType).Or("")}/{body.Get(Title).Or("")}"
            });
        return await Shown(call, await call.Service<FileService>().Link(call.Caller, patch, call.Ct));
    }

    private static async Task<Reply> Link(Call call)
    {
        call.Caller.MustWrite("files");
        var patch =
            await call.Read(body => Item(body) with
            {
                Name = body.Get(RemoteId).As(id => id.Length <= 255 ? id : id[..255]),
                StorageKey = body.Get(RemoteId)
            });
        return await Shown(call, await call.Service<FileService>().Link(call.Caller, patch, call.Ct));
    }

    private static async Task<Reply> Get(Call call) => await Shown(call, await Find(call));

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("files");
        var patch = await call.Read(body => new FilePatch { Name = body.Get(Name), Description = body.ClearableText(Description) });
        return await Shown(call, await call.Service<FileService>().Update(call.Caller, (await Find(call)).Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call) =>
        Answers.Id.Reply((await call.Service<FileService>().Delete(call.Caller, call.Path(Id, "file"), call.Ct)).Id);

    private static async Task<Reply> Download(Call call)
    {
        var open = await call.Service<FileService>().Open(call.Caller, call.Path(Id, "file"), call.Ct);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(open.File.Name);
        return Reply.Sent(async http =>
        {
            await using var content = open.Content;
            http.Response.ContentType = open.File.ContentType;
            http.Response.ContentLength = content.Length;
            await content.CopyToAsync(http.Response.Body, http.RequestAborted);
        })
            .With(HeaderNames.ContentDisposition, disposition.ToString())
            .With(HeaderNames.XContentTypeOptions, "nosniff")
            .With(HeaderNames.ContentSecurityPolicy, "default-src 'none'; sandbox");
    }

    private static async Task<StoredFile> Find(Call call)
    {
        var id = call.Path(Id, "file");
        return await call.Service<FileService>().Get(call.Caller, id, call.Ct) is { IsDeleted: false } file ? file
            : throw Problem.NotFound("file", id);
    }

    private static async Task<Reply> Shown(Call call, StoredFile file) => One.Reply((await FileView.Of(call, [file]))[0]);

    private static FilePatch Item(Body body)
    {
        var (type, id) = (body.Get(ItemType).Or(""), body.Get(ItemId).As(id => (long?)id));
        var patch = new FilePatch { RemoteLocation = body.Get(RemoteLocation).As(place => (string?)place) };
        return type switch
        {
            "deal" => patch with { DealId = id },
            "organization" => patch with { OrgId = id },
            _ => patch with { PersonId = id },
        };
    }

    private static Member<string> Words(string name, params string[] words) =>
        Members.Word(name, "", [.. words.Select(word => (word, word))]);
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class FormMembers : JsonSerializerContext;
