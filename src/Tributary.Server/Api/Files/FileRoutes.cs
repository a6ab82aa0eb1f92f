using Microsoft.Net.Http.Headers;
using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Files;

internal static class FileRoutes
{
    /// <summary>Room for what an upload says beside its bytes.</summary>
    private const long Envelope = 256 * 1024;

    private static readonly Listing<StoredFile> Files = new("file", FileWire.File, "-added_at")
    {
        Filters =
        [
            RecordFilters.Deal, RecordFilters.Lead, RecordFilters.Person, RecordFilters.Org,
            RecordFilters.By("product_id", "Files of this product."),
            RecordFilters.By("activity_id", "Files of this activity."), RecordFilters.User, RecordFilters.Search("name"),
            .. RecordFilters.Times,
        ],
    };

    private static readonly RecordRoutes<StoredFile, FilePatch, StoredFile> Life = new("File", "Files", "/files", "a file")
    {
        Tag = "Files",
        Wire = FileWire.File,
        Listing = Files,
        New = FileBody.NewLink,
        Patch = FileBody.Patch,
        Read = (body, catalog, ifMatch) => FileBody.Read(body, ifMatch),
        Identity = file => (file.Id, file.Version),
        Show = (call, files, include) => Task.FromResult(files),
        List = (call, query) => call.Service<FileService>().List(call.Caller, query, call.Ct),
        Get = (call, id) => call.Service<FileService>().Get(call.Caller, id, call.Ct),
        Update = (call, id, patch) => call.Service<FileService>().Update(call.Caller, id, patch, call.Ct),
        Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
    };

    public static IReadOnlyList<Operation> All(long maxFileBytes) =>
    [
        .. Life.All(),
        new("POST", "/files", "uploadFile", Upload)
        {
            Tag = "Files", Summary = "Upload a file", Description =
                "multipart/form-data: the members first, as text, and then the part \"file\" with the bytes, which are read as they arrive.",
            Body = FileBody.Upload, BodyType = "multipart/form-data", BodyLimit = maxFileBytes + Envelope, Status = 201,
            Answer = FileWire.File,
        },
        new("POST", "/files/links", "linkFile", Link)
        {
            Tag = "Files", Summary = "Note a file that is kept elsewhere; its key is never opened", Body = FileBody.NewLink, Status = 201,
            Answer = FileWire.File,
        },
        new("GET", "/files/{id}/content", "downloadFile", Download)
        {
            Tag = "Files", Summary = "Download a file", Parameters = [RecordMembers.PathId], AnswerType = "application/octet-stream",
        },
        new("POST", "/files/{id}/purge", "purgeFile", Purge)
        {
            Tag = "Files", Summary = "Take a file away for good, its bytes included", Parameters = [RecordMembers.PathId], Status = 204,
        },
    ];

    private static async Task<Reply> Upload(Call call)
    {
        var upload = await FileUpload.Begin(call);
        return await Life.Born(call, await call.Service<FileService>().Upload(call.Caller, upload.Patch, upload.Content, call.Ct));
    }

    private static async Task<Reply> Link(Call call)
    {
        var patch = await call.Read(body => FileBody.Read(body, null));
        return await Life.Born(call, await call.Service<FileService>().Link(call.Caller, patch, call.Ct));
    }

    private static async Task<Reply> Purge(Call call)
    {
        await call.Service<FileService>().Purge(call.Caller, call.Path(RecordMembers.PathId, "file"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Download(Call call)
    {
        var open = await call.Service<FileService>().Open(call.Caller, call.Path(RecordMembers.PathId, "file"), call.Ct);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(open.File.Name);

        // Whatever the bytes are, a browser saves them and runs nothing: attachment, no sniffing, an empty sandbox.
        return Reply.Sent(async http =>
        {
            await using var content = open.Content;
            http.Response.ContentType = open.File.ContentType;
            http.Response.ContentLength = content.Length;
            await content.CopyToAsync(http.Response.Body, http.RequestAborted);
        })
            .With(HeaderNames.ContentDisposition, disposition.ToString())
            .With(HeaderNames.XContentTypeOptions, "nosniff")
            .With(HeaderNames.ContentSecurityPolicy, "default-src 'none'; sandbox")
            .With(HeaderNames.CacheControl, "private, no-cache");
    }
}
