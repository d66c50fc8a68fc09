#pragma once

#include "data/session.hpp"
#include "domain/import.hpp"

namespace keepwell::data {

/// Tables import_manifests and import_errors.
class SociImportRepository final : public ImportRepository {
public:
    explicit SociImportRepository(Session& session) : session_(session) {}

    ImportId add(const Import& import) override;
    std::optional<Import> find(ImportId id) override;
    std::optional<Import> find_unfinished(const std::string& fingerprint) override;
    void set_job(ImportId id, JobId job) override;
    void save_progress(const Import& import) override;
    void add_errors(ImportId id, std::span<const ImportError> errors) override;
    std::vector<ImportError> list_errors(ImportId id, std::int64_t after, std::int64_t limit) override;
    std::vector<ImportError> list_errors_behind(ImportId id, const ImportError& last,
                                                std::int64_t limit) override;
    bool is_waiting_for(const std::string& stored_path) override;
    std::vector<Import> list(std::int64_t limit) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
