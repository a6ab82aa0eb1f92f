using System.Text;
using Tributary.Core.Search;
using Tributary.Core.Storage;

namespace Tributary.Core.Notes;

/// <summary>Makes notes findable: under their deal, lead, person and organization, as the words a reader sees.</summary>
internal static class NoteSearch
{
    public static async Task Put(Tx tx, Note? before, Note after)
    {
        foreach (var (subject, link) in Links)
        {
            var (old, @new) = (before is { IsDeleted: false } ? link(before) : null, after.IsDeleted ? null : link(after));
            if (old == @new && before?.Content == after.Content) continue;
            if (old is { } left && left != @new) await SearchTexts.Remove(tx, subject, left, "notes", after.Id);
            if (@new is { } id) await SearchTexts.Put(tx, subject, id, "notes", after.Id, Words(after.Content));
        }
    }

    /// <summary>The text between the tags of HTML, entities as they are: for finding, not for showing.</summary>
    public static string Words(string html)
    {
        var text = new StringBuilder(html.Length);
        var (at, last) = (0, html.LastIndexOf('>'));
        while (at < html.Length)
        {
            // A tag begins with a letter, "/" or "!"; any other "<" is meant as it stands.
            if (html[at] == '<' && at < last && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!'))
            {
                text.Append(' ');
                at = html.IndexOf('>', at) + 1;
                continue;
            }
            text.Append(html[at++]);
        }
        return text.ToString();
    }

    private static readonly (string Subject, Func<Note, long?> Link)[] Links =
        [("deal", note => note.DealId), ("lead", note => note.LeadId), ("person", note => note.PersonId),
            ("organization", note => note.OrgId)];
}
